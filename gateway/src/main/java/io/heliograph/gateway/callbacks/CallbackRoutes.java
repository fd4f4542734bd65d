package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.Turns;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /callbacks}: where providers post. */
public final class CallbackRoutes {
    /** Twilio's are below 2 KiB: whatever it adds one day has room, and a stranger has little. */
    public static final int BODY_BYTES_MAX = 64 * 1024;

    /** What the last step of a secret path is called in its route. */
    public static final String SECRET_PARAMETER = "secret";

    /**
     * What callbacks prove themselves with.
     *
     * @param publicUrl what providers were told to call, and sign
     * @param twilioAuthTokens the current one, and the previous one while tokens are rotated
     * @param plivoAuthToken null where nobody sends by Plivo
     * @param secret the last step of the paths of providers that sign nothing; null closes them
     */
    public record Proofs(
            String publicUrl,
            List<String> twilioAuthTokens,
            @Nullable String plivoAuthToken,
            @Nullable String secret) {
        public CallbackProof twilio() {
            return new TwilioSigned(publicUrl, twilioAuthTokens);
        }

        public CallbackProof plivo() {
            return new PlivoSigned(publicUrl, plivoAuthToken);
        }

        /** Of paths that end with {@link #SECRET_PARAMETER}. */
        public CallbackProof secretPath() {
            return new SecretPath(secret);
        }

        @Override
        public String toString() {
            return "proofs for " + publicUrl;
        }
    }

    private final Proofs proofs;
    private final GroupCommit<Receipt, CallbackStore.Stored> groupCommit;
    private final CallbackMeters meters;
    private final Supplier<UUID> ids;

    public CallbackRoutes(
            Proofs proofs,
            Pool commitPool,
            GroupCommit.Bounds bounds,
            Turns turns,
            CallbackMeters meters,
            Supplier<UUID> ids) {
        this.proofs = proofs;
        this.groupCommit = new GroupCommit<>(bounds, turns, new MeasuredReceipts(commitPool, meters)::storeAndApply);
        this.meters = meters;
        this.ids = ids;
    }

    public void mount(Router router, Answers answers) {
        CallbackProof secret = proofs.secretPath();
        router.route("/callbacks/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        new Resource(router, answers, "/callbacks/twilio/status")
                .post(callback(new TwilioCallback(proofs.twilio())))
                .andNothingElse();
        new Resource(router, answers, "/callbacks/plivo/status")
                .post(callback(new PlivoCallback(proofs.plivo())))
                .andNothingElse();
        Resource.Method fast2sms = callback(new Fast2SmsCallback(secret));
        new Resource(router, answers, "/callbacks/fast2sms/status/:" + SecretPath.PARAMETER)
                .post(fast2sms)
                .put(fast2sms)
                .getThatChanges(fast2sms)
                .andNothingElse();
        new Resource(router, answers, "/callbacks/textlocal/status/:" + SecretPath.PARAMETER)
                .post(callback(new TextlocalCallback(secret)))
                .andNothingElse();
    }

    private Resource.Method callback(CallbackSource source) {
        return new StatusCallback(source, groupCommit, meters, ids)::receive;
    }
}
