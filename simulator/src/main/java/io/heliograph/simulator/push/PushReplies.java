package io.heliograph.simulator.push;

import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Refusals;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** How a push service says no: by the HTTP status, and a few words for people. */
final class PushReplies implements Refusals {
    private static final int CREATED = 201;

    static Problem problem(int status, String words) {
        return new Problem(status, status, words);
    }

    @Override
    public void refuse(HttpServerRequest http, Problem problem) {
        Replies.json(
                http,
                problem.status(),
                new JsonObject()
                        .put("code", problem.status())
                        .put("message", problem.message())
                        .encode());
    }

    @Override
    public Problem refused(Answer.Refused scripted) {
        String message = scripted.message();
        return problem(scripted.code(), message == null ? "Refused" : message);
    }

    @Override
    public Problem tooManyRequests() {
        return problem(429, "Too many requests");
    }

    @Override
    public Problem serverError(int status) {
        return problem(status, "Server error");
    }

    @Override
    public int success() {
        return CREATED;
    }

    @Override
    public String garbage() {
        return "{\"mess";
    }
}
