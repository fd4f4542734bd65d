package io.heliograph.simulator.calls;

import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpServerRequest;

/** How a provider says no. */
public interface Refusals {
    void refuse(HttpServerRequest http, Problem problem);

    Problem refused(Answer.Refused scripted);

    Problem tooManyRequests();

    Problem serverError(int status);

    /** The HTTP status of a success. */
    int success();

    /** The beginning of an answer. */
    String garbage();
}
