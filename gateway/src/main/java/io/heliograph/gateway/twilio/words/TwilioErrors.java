package io.heliograph.gateway.twilio.words;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Problem.ProblemException;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.ProblemForm;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells problems as Twilio does: a number that clients match, a text, and where to read more. What this API itself finds brings its number
 * along; what others find gets one by its code.
 */
public final class TwilioErrors implements ProblemForm {
    /** Every path that begins so is Twilio's. */
    public static final String PATHS = "/2010-04-01/";

    private static final String MORE_INFO = "https://www.twilio.com/docs/errors/";
    private static final String CODE = "twilio_code";
    private static final int INVALID_PARAMETER = 20001;

    private record Told(int status, int code, String message) {}

    /** A request that cannot be done, with Twilio's number for the reason. */
    public static ProblemException of(ProblemCode code, int twilioCode, String message) {
        return new Problem(code, message, List.of(), new JsonObject().put(CODE, twilioCode)).exception();
    }

    /** A parameter that this API does not take. */
    public static ProblemException invalidParameter(String message) {
        return of(ProblemCode.NOT_ALLOWED, INVALID_PARAMETER, message);
    }

    /** Nothing here, as far as this account can see. */
    public static ProblemException notFound() {
        return Problem.noSuchMessage().exception();
    }

    @Override
    public Answer answer(Problem problem, HttpServerRequest request) {
        Told told = told(problem, request.path());
        JsonObject json = new JsonObject()
                .put("code", told.code())
                .put("message", told.message())
                .put("more_info", MORE_INFO + told.code())
                .put("status", told.status());
        Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/json"));
        switch (told.status()) {
            case 401 -> headers.put("WWW-Authenticate", "Basic realm=\"Twilio API\"");
            case 429 -> headers.put("Retry-After", RETRY_AFTER_SECONDS);
            default -> {}
        }
        return new Answer(told.status(), headers, json.toBuffer());
    }

    private static Told told(Problem problem, String path) {
        if (problem.equals(Problem.OUTCOME_UNKNOWN)) {
            // No 5xx and no 429: Twilio's Java SDK repeats those by itself, and the message may be there.
            return new Told(408, 20503, "The database did not answer in time. The message may have been stored.");
        }
        return switch (problem.code()) {
            case UNAUTHORIZED -> new Told(401, 20003, "Authenticate");
            case SCOPE_MISSING -> new Told(403, 20003, problem.detail());
            case NOT_FOUND -> new Told(404, 20404, "The requested resource " + path + " was not found");
            case METHOD_NOT_ALLOWED -> new Told(405, 20004, "Method not allowed");
            // Nothing was stored, which is what this number says, and what makes clients come back.
            case UNAVAILABLE -> new Told(429, 20429, "Too Many Requests");
            case INTERNAL -> new Told(500, 20500, "An internal server error has occurred");
            case IDEMPOTENCY_KEY_REUSED -> new Told(422, 20422, problem.detail());
            case WOULD_EXPIRE, RECIPIENT_OPTED_OUT -> new Told(400, code(problem), problem.detail());
            default -> new Told(problem.code().status(), code(problem), problem.detail());
        };
    }

    private static int code(Problem problem) {
        return problem.more().getInteger(CODE, INVALID_PARAMETER);
    }
}
