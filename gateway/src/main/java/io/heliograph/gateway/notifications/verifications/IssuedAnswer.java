package io.heliograph.gateway.notifications.verifications;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.messages.fields.Masked;
import io.heliograph.gateway.notifications.verifications.codes.Verification;
import io.heliograph.gateway.notifications.verifications.issuing.Issued;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/** What whoever asked for a code is told. */
final class IssuedAnswer {
    private IssuedAnswer() {}

    /** Throws the problem of a code that was not sent. */
    static Answer of(Caller caller, Issued issued) {
        return switch (issued) {
            case Issued.Sent(var verification, var now) ->
                accepted(shown(caller, verification, now), verification, true);
            case Issued.Kept(var verification, var now) ->
                accepted(shown(caller, verification, now), verification, false);
            case Issued.Replayed(var verification, var now) ->
                Answer.accepted(shown(caller, verification, now)).replayed();
            case Issued.TooMany tooMany -> throw tooMany(tooMany).exception();
            case Issued.NotPending() ->
                throw Problem.of(
                                ProblemCode.NOT_PENDING,
                                "This verification is over; its status says how. POST /v1/verifications begins another.")
                        .exception();
            case Issued.OptedOut() -> throw Problem.optedOut().exception();
            case Issued.KeyReused() -> throw Problem.keyReused().exception();
            case Issued.KeyUnknown() -> throw Problem.keyUnknown().exception();
        };
    }

    private static Answer accepted(JsonObject shown, Verification verification, boolean sent) {
        return Answer.accepted(shown.put("sent", sent)).with("Location", "/v1/verifications/" + verification.id());
    }

    /** To whoever may not read, with a masked recipient. */
    static JsonObject shown(Caller caller, Verification verification, OffsetDateTime now) {
        JsonObject json = verification.json(now);
        return caller.mayRead() ? json : json.put("to", Masked.address(json.getString("to")));
    }

    private static Problem tooMany(Issued.TooMany tooMany) {
        Duration wait = tooMany.retryAfter();
        JsonObject more = new JsonObject()
                .put("limit", tooMany.limit().word())
                // Rounded up: a second too early is refused again.
                .put("retry_after", wait.plusMillis(999).toSeconds());
        if (tooMany.verification() != null) {
            more.put("verification_id", tooMany.verification().toString());
        }
        return new Problem(
                ProblemCode.TOO_MANY_CODES,
                "No code was sent: limit says which limit is reached, and retry_after for how many seconds.",
                List.of(),
                more);
    }
}
