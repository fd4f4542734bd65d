package io.heliograph.simulator.twilio;

import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Refusals;
import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpServerRequest;

/** How Twilio says no to calls that ask for no message. */
final class TwilioRefusals implements Refusals {
    @Override
    public void refuse(HttpServerRequest http, Problem problem) {
        TwilioReplies.error(http, new TwilioError(problem.status(), problem.code(), problem.message()));
    }

    @Override
    public Problem refused(Answer.Refused scripted) {
        return problem(TwilioError.of(scripted));
    }

    @Override
    public Problem tooManyRequests() {
        return problem(TwilioError.TOO_MANY_REQUESTS);
    }

    @Override
    public Problem serverError(int status) {
        return problem(TwilioError.ofServer(status));
    }

    @Override
    public int success() {
        return 200;
    }

    @Override
    public String garbage() {
        return "{\"sid\": \"SM0123";
    }

    private static Problem problem(TwilioError error) {
        return new Problem(error.status(), error.code(), error.message());
    }
}
