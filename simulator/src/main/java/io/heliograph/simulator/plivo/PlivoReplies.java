package io.heliograph.simulator.plivo;

import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Refusals;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Plivo's way to answer: an {@code api_id} for each call, and an {@code error} in words when it says no. */
final class PlivoReplies implements Refusals {
    static final Problem DENIED = new Problem(401, 0, "authentication failed");
    static final Problem NOT_FOUND = new Problem(404, 0, "not found");
    static final Problem WRONG_METHOD = new Problem(405, 0, "method not allowed");
    static final Problem TOO_LARGE = new Problem(413, 0, "request entity too large");
    static final Problem NO_JSON = new Problem(400, 0, "invalid request body");

    private final RandomGenerator random;

    PlivoReplies(RandomGenerator random) {
        this.random = random;
    }

    /** Begins an answer with its id; the caller ends it. */
    JsonText begin() {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        return new JsonText().raw("{\"api_id\":\"").raw(id).raw("\"");
    }

    @Override
    public void refuse(HttpServerRequest http, Problem problem) {
        if (problem.status() == 401) {
            http.response().putHeader("WWW-Authenticate", "Basic realm=\"Plivo API\"");
        }
        String body =
                begin().raw(",\"error\":").string(problem.message()).raw("}").toString();
        Replies.json(http, problem.status(), body);
    }

    @Override
    public Problem refused(Answer.Refused scripted) {
        int status = scripted.code() >= 400 && scripted.code() <= 499 ? scripted.code() : 400;
        String message = scripted.message();
        return new Problem(status, scripted.code(), message != null ? message : words(status));
    }

    private static String words(int status) {
        return switch (status) {
            case 401 -> DENIED.message();
            case 402 -> "insufficient credit";
            case 403 -> "forbidden";
            case 404 -> NOT_FOUND.message();
            case 405 -> WRONG_METHOD.message();
            default -> "invalid parameter";
        };
    }

    @Override
    public Problem tooManyRequests() {
        return new Problem(429, 0, "too many requests");
    }

    @Override
    public Problem serverError(int status) {
        return new Problem(status, 0, status == 503 ? "service unavailable" : "internal server error");
    }

    @Override
    public int success() {
        return 202;
    }

    @Override
    public String garbage() {
        return "{\"api_id\": \"0123";
    }
}
