package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.Turns;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code /callbacks}: where providers post. */
public final class CallbackRoutes {
    /** Twilio's are below 2 KiB: whatever it adds one day has room, and a stranger has little. */
    public static final int BODY_BYTES_MAX = 64 * 1024;

    /** What the last step of a secret path is called in its route. */
    public static final String SECRET_PARAMETER = "secret";

    /**
     * What callbacks prove themselves with. Of tokens and secrets there are the current one and, while they are rotated, the previous one.
     *
     * @param publicUrl what providers were told to call, and sign
     * @param plivoAuthTokens none where nobody sends by Plivo
     * @param unsigned of providers that sign nothing
     */
    public record Proofs(
            String publicUrl, List<String> twilioAuthTokens, List<String> plivoAuthTokens, Unsigned unsigned) {
        public CallbackProof twilio() {
            return new TwilioSigned(publicUrl, twilioAuthTokens);
        }

        public CallbackProof plivo() {
            return new PlivoSigned(publicUrl, plivoAuthTokens);
        }

        /** Of paths that end with {@link #SECRET_PARAMETER}. */
        public CallbackProof secretPath() {
            return new SecretPath(unsigned.secrets(), new Callers(unsigned.allowed(), unsigned.trustedProxies()));
        }

        @Override
        public String toString() {
            return "proofs for " + publicUrl;
        }
    }

    /**
     * How providers are known that sign nothing, and what they write.
     *
     * @param secrets the last step of their paths; none closes them
     * @param allowed networks that they call from; none allows all
     * @param trustedProxies networks of the proxies whose X-Forwarded-For counts
     */
    public record Unsigned(
            List<String> secrets, List<String> allowed, List<String> trustedProxies, Fast2SmsFields fast2Sms) {
        @Override
        public String toString() {
            return "unsigned";
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

    /** Such as {@code 203.0.113.0/24}, or a single address. */
    public static boolean isNetwork(String text) {
        try {
            Object _ = Callers.network(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public void mount(Router router, Answers answers) {
        CallbackProof secret = proofs.secretPath();
        router.route("/callbacks/*").handler(CallbackRoutes::noMultipart);
        router.route("/callbacks/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        new Resource(router, answers, "/callbacks/twilio/status")
                .post(callback(new TwilioCallback(proofs.twilio())))
                .andNothingElse();
        new Resource(router, answers, "/callbacks/plivo/status")
                .post(callback(new PlivoCallback(proofs.plivo())))
                .andNothingElse();
        Resource.Method fast2sms =
                callback(new Fast2SmsCallback(secret, proofs.unsigned().fast2Sms(), meters));
        new Resource(router, answers, "/callbacks/fast2sms/status/:" + SecretPath.PARAMETER)
                .post(fast2sms)
                .put(fast2sms)
                .getThatChanges(fast2sms)
                .andNothingElse();
        new Resource(router, answers, "/callbacks/textlocal/status/:" + SecretPath.PARAMETER)
                .post(callback(new TextlocalCallback(secret)))
                .andNothingElse();
    }

    /** No provider sends any, and its decoder breaks on some that a stranger could: it stays what it is, and is no form. */
    private static void noMultipart(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            MultiMap _ = context.request().headers().remove("Content-Type");
        }
        context.next();
    }

    private Resource.Method callback(CallbackSource source) {
        return new StatusCallback(source, groupCommit, meters, ids)::receive;
    }
}
