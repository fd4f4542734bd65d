package io.heliograph.worker.push;

import io.heliograph.contract.P256;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows push services who we are (RFC 8292): a token for each service, signed once and used for hours. The library would sign one for each
 * message, and leaves out the port of whom it is for.
 */
final class Vapid {
    /** Services take no more than a day. */
    private static final Duration VALID_FOR = Duration.ofHours(12);

    private static final Duration USED_FOR = Duration.ofHours(6);
    /** There are few services; endpoints that name more cost a signature each. */
    private static final int SERVICES_MAX = 1_000;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = part(new JsonObject().put("typ", "JWT").put("alg", "ES256"));

    private record Signed(String header, Instant at) {}

    private final String publicKey;
    private final ECPrivateKey privateKey;
    private final String subject;
    private final InstantSource clock;
    private final Map<String, Signed> byOrigin = new ConcurrentHashMap<>();

    private Vapid(String publicKey, ECPrivateKey privateKey, String subject, InstantSource clock) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.subject = subject;
        this.clock = clock;
    }

    /** Throws {@link IllegalArgumentException} unless the keys are a pair. */
    static Vapid of(WebPushSettings settings, InstantSource clock) {
        ECPrivateKey privateKey = P256.privateKey(settings.vapidPrivateKey());
        if (!P256.isPair(P256.publicKey(settings.vapidPublicKey()), privateKey)) {
            throw new IllegalArgumentException("The keys are no pair");
        }
        return new Vapid(settings.vapidPublicKey(), privateKey, settings.subject(), clock);
    }

    /** The header Authorization for a service. */
    String authorization(String origin) {
        Instant now = clock.instant();
        Signed known = byOrigin.get(origin);
        if (known != null && now.isBefore(known.at().plus(USED_FOR)) && !now.isBefore(known.at())) {
            return known.header();
        }
        if (byOrigin.size() >= SERVICES_MAX) {
            byOrigin.clear();
        }
        Signed signed = new Signed("vapid t=" + token(origin, now) + ", k=" + publicKey, now);
        Signed _ = byOrigin.put(origin, signed);
        return signed.header();
    }

    private String token(String origin, Instant now) {
        String signed = HEADER + "."
                + part(new JsonObject()
                        .put("aud", origin)
                        .put("exp", now.plus(VALID_FOR).getEpochSecond())
                        .put("sub", subject));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(privateKey);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key that has signed signs again", e);
        }
    }

    private static String part(JsonObject json) {
        return BASE64.encodeToString(json.toBuffer().getBytes());
    }
}
