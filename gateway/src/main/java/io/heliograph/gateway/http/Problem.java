package io.heliograph.gateway.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not done, as RFC 9457 says it.
 *
 * @param detail says what to do, and repeats nothing that the client sent: problems end up in clients' logs
 * @param more members of its own, beside those of every problem
 */
public record Problem(ProblemCode code, String detail, List<FieldMistake> errors, JsonObject more) {
    /** The only one of its code after which something may have been stored. */
    public static final Problem OUTCOME_UNKNOWN = unavailable(
            "The database does not answer. Repeat the request; with its Idempotency-Key it is never done twice.");

    private static final String TYPE_PREFIX = "urn:heliograph:problem:";

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), new JsonObject());
    }

    public static Problem invalid(List<FieldMistake> errors) {
        return invalid(new Mistakes(errors, 0), Integer.MAX_VALUE);
    }

    public static Problem invalid(Mistakes mistakes) {
        return invalid(mistakes, Integer.MAX_VALUE);
    }

    /** Lists no more than so many of them, and says how many it leaves out. */
    public static Problem invalid(Mistakes mistakes, int listedMax) {
        List<FieldMistake> errors = mistakes.told();
        List<FieldMistake> listed = errors.subList(0, Math.min(errors.size(), listedMax));
        int all = errors.size() + mistakes.untold();
        // A single kind of mistake gives the problem its code, so that a client can match it without walking the list.
        ProblemCode code = errors.stream().map(FieldMistake::code).distinct().count() == 1
                ? errors.getFirst().code()
                : ProblemCode.INVALID_REQUEST;
        String where = all > listed.size() ? "errors says of some what and where." : "errors says what and where.";
        String detail = all == 1 ? errors.getFirst().detail() : all + " things are wrong; " + where;
        JsonObject more = new JsonObject();
        if (all > listed.size()) {
            more.put("errors_omitted", all - listed.size());
        }
        return new Problem(code, detail, listed, more);
    }

    public static Problem unauthorized() {
        return of(ProblemCode.UNAUTHORIZED, "Send your API key as: Authorization: Bearer <key>");
    }

    public static Problem scopeMissing(String scope) {
        return of(ProblemCode.SCOPE_MISSING, "This needs a key with the scope " + scope + ".");
    }

    public static Problem noSuchMessage() {
        return of(ProblemCode.NOT_FOUND, "There is no message with this id, or it is older than messages are kept.");
    }

    public static Problem keyReused() {
        return of(
                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                "This key was first sent with something else. Use a new key for a new request.");
    }

    public static Problem optedOut() {
        return of(
                ProblemCode.RECIPIENT_OPTED_OUT,
                "The recipient wants no messages from this sender; nothing was stored. See /v1/suppressions.");
    }

    public static Problem redacted() {
        return of(
                ProblemCode.REDACTED,
                "Text or media of this message were taken out, so it cannot be sent as it was. Send a new message.");
    }

    public static Problem keyUnknown() {
        return unavailable("The database could not say what this key stands for; nothing was stored. Repeat it later.");
    }

    public static Problem unavailable(String detail) {
        return of(ProblemCode.UNAVAILABLE, detail);
    }

    public static Problem internal() {
        return of(ProblemCode.INTERNAL, "The request failed on our side. It may be repeated with its Idempotency-Key.");
    }

    public JsonObject json() {
        JsonObject json = new JsonObject()
                .put("type", TYPE_PREFIX + code.word())
                .put("title", code.title())
                .put("status", code.status())
                .put("code", code.word())
                .put("detail", detail);
        if (!errors.isEmpty()) {
            JsonArray array = new JsonArray();
            errors.forEach(error -> array.add(error.json()));
            json.put("errors", array);
        }
        return json.mergeIn(more);
    }

    public ProblemException exception() {
        return new ProblemException(this, null);
    }

    /** With what stands behind it, for the log. */
    public ProblemException exception(Throwable cause) {
        return new ProblemException(this, cause);
    }

    /** Carries a problem through a failed Future to the one place that answers it. */
    public static final class ProblemException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable Problem problem;

        private ProblemException(Problem problem, @Nullable Throwable cause) {
            // No stack trace: this is an expected answer and not a bug.
            super(problem.code().word(), cause, false, false);
            this.problem = problem;
        }

        public Problem problem() {
            return problem == null ? internal() : problem;
        }
    }
}
