package io.heliograph.simulator.textlocal;

import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Refusals;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** How Textlocal says no: with a 200, a list of errors, and a status of failure. */
final class TextlocalReplies implements Refusals {
    static final int INVALID_NUMBER = 32;
    static final int NO_VALID_NUMBERS = 51;
    /** A guess. */
    static final int NO_SUCH_MESSAGE = 404;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(1, "No command specified"),
            Map.entry(2, "Unrecognised command"),
            Map.entry(3, "Invalid login details"),
            Map.entry(4, "No recipients specified"),
            Map.entry(5, "No message content"),
            Map.entry(6, "Message too long"),
            Map.entry(7, "Insufficient credits"),
            Map.entry(8, "Invalid schedule date"),
            Map.entry(9, "Schedule date is in the past"),
            Map.entry(10, "Invalid group ID"),
            Map.entry(11, "Selected group is empty"),
            Map.entry(15, "Invalid JSON"),
            Map.entry(INVALID_NUMBER, "Invalid number format"),
            Map.entry(33, "You have supplied too many numbers"),
            Map.entry(34, "You have supplied both a group ID and a set of numbers"),
            Map.entry(43, "Invalid sender name"),
            Map.entry(44, "No sender name specified"),
            Map.entry(NO_VALID_NUMBERS, "No valid numbers specified"),
            Map.entry(191, "Schedule time is outside that allowed"),
            Map.entry(192, "You cannot send messages at this time"),
            Map.entry(202, "Duplicate or invalid number"),
            Map.entry(204, "Invalid message template"));

    static Problem problem(int code) {
        return new Problem(200, code, WORDS.getOrDefault(code, "Error " + code));
    }

    @Override
    public void refuse(HttpServerRequest http, Problem problem) {
        JsonText text = new JsonText().raw("{\"errors\":[");
        error(text, problem.code() == 0 ? problem.status() : problem.code(), problem.message());
        if (problem.code() == NO_VALID_NUMBERS) {
            text.raw("],\"warnings\":[{\"code\":3,\"message\":\"Invalid number\"}");
        }
        Replies.json(
                http, problem.status(), text.raw("],\"status\":\"failure\"}").toString());
    }

    static void error(JsonText text, int code, String message) {
        text.raw("{\"code\":").raw(code).raw(",\"message\":").string(message).raw("}");
    }

    @Override
    public Problem refused(Answer.Refused scripted) {
        String message = scripted.message();
        return message == null ? problem(scripted.code()) : new Problem(200, scripted.code(), message);
    }

    @Override
    public Problem tooManyRequests() {
        return new Problem(429, 0, "Too many requests");
    }

    @Override
    public Problem serverError(int status) {
        return new Problem(status, 0, "Server error");
    }

    @Override
    public int success() {
        return 200;
    }

    @Override
    public String garbage() {
        return "{\"balance\":1162,\"batch_id\":12";
    }
}
