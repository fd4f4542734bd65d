package io.heliograph.simulator.fast2sms;

import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Refusals;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpServerRequest;

/** How Fast2SMS says no: {@code return} is false, and there is a code unless the trouble has none. */
final class Fast2SmsReplies implements Refusals {
    @Override
    public void refuse(HttpServerRequest http, Problem problem) {
        JsonText text = new JsonText().raw("{\"return\":false,");
        if (problem.code() != 0) {
            text.raw("\"status_code\":").raw(problem.code()).raw(",");
        }
        text.raw("\"message\":").string(problem.message()).raw("}");
        Replies.json(http, problem.status(), text.toString());
    }

    @Override
    public Problem refused(Answer.Refused scripted) {
        String message = scripted.message();
        return message == null
                ? Fast2SmsCodes.problem(scripted.code())
                : Fast2SmsCodes.problem(scripted.code(), message);
    }

    @Override
    public Problem tooManyRequests() {
        return new Problem(429, 0, "Too Many Requests");
    }

    @Override
    public Problem serverError(int status) {
        return new Problem(status, 0, "Server Error");
    }

    @Override
    public int success() {
        return 200;
    }

    @Override
    public String garbage() {
        return "{\"return\":true,\"request_id\":\"aB3d";
    }
}
