package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.script.Answer;

/** An error as Twilio words it. The text is for people: clients shall match on the code. */
record TwilioError(int status, int code, String message) {
    static final TwilioError NO_CREDENTIALS =
            new TwilioError(401, 20003, "Authentication Error - No credentials provided");
    static final TwilioError WRONG_CREDENTIALS = new TwilioError(401, 20003, "Authenticate");
    static final TwilioError TOO_MANY_REQUESTS = new TwilioError(429, 20429, "Too Many Requests");

    /** With the HTTP status that belongs to the code. */
    static TwilioError of(int code, String message) {
        return new TwilioError(statusOf(code), code, message);
    }

    /** With the dictionary's words. */
    static TwilioError of(int code) {
        return of(code, ErrorWords.of(code));
    }

    /** As a script has it, with its own words if it has any. */
    static TwilioError of(Answer.Refused scripted) {
        String message = scripted.message();
        return message == null ? of(scripted.code()) : of(scripted.code(), message);
    }

    static TwilioError ofServer(int status) {
        int code = status == 503 ? 20503 : 20500;
        return new TwilioError(status, code, ErrorWords.of(code));
    }

    static TwilioError notFound(String path) {
        return of(20404, "The requested resource " + path + " was not found");
    }

    String toJson() {
        JsonText json =
                new JsonText().raw("{\"code\":").raw(code).raw(",\"message\":").string(message);
        json.raw(",\"more_info\":\"https://www.twilio.com/docs/errors/").raw(code);
        return json.raw("\",\"status\":").raw(status).raw("}").toString();
    }

    private static int statusOf(int code) {
        return switch (code) {
            case 20003 -> 401;
            case 20005 -> 403;
            case 20004 -> 405;
            case 20009, 30409 -> 409;
            case 20404 -> 404;
            case 20429 -> 429;
            case 20500 -> 500;
            case 20503 -> 503;
            default -> 400;
        };
    }
}
