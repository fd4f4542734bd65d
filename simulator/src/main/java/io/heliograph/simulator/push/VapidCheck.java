package io.heliograph.simulator.push;

import io.heliograph.contract.P256;
import io.heliograph.simulator.calls.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may push: whoever signs with the key that all browsers here have subscribed with, for this service, and for now (RFC 8292). */
final class VapidCheck {
    private static final Pattern HEADER = Pattern.compile("vapid t=([\\w-]+)\\.([\\w-]+)\\.([\\w-]+), ?k=([\\w-]+)");
    private static final long VALID_SECONDS_MAX = Duration.ofHours(24).toSeconds();

    private final String publicKey;
    private final InstantSource clock;

    VapidCheck(String publicKey, InstantSource clock) {
        this.publicKey = publicKey;
        this.clock = clock;
    }

    /** Null when nothing is wrong. */
    @Nullable
    Problem problem(HttpServerRequest http) {
        String header = http.getHeader("Authorization");
        Matcher parts = HEADER.matcher(header == null ? "" : header);
        if (!parts.matches()) {
            return PushReplies.problem(401, "Authorization must be vapid t=, k=");
        }
        if (!isSigned(parts)) {
            return PushReplies.problem(401, "The token is not signed by its key");
        }
        JsonObject claims = claims(parts.group(2));
        if (claims == null || !isFor(claims, http) || !isInTime(claims) || !isFromSomebody(claims)) {
            return PushReplies.problem(401, "The token is not for this service, or not for now, or from nobody");
        }
        return parts.group(4).equals(publicKey)
                ? null
                : PushReplies.problem(403, "The subscription was made with another key");
    }

    private static boolean isSigned(Matcher parts) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(P256.publicKey(parts.group(4)));
            verifier.update((parts.group(1) + "." + parts.group(2)).getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(Base64.getUrlDecoder().decode(parts.group(3)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable JsonObject claims(String part) {
        try {
            return Buffer.buffer(Base64.getUrlDecoder().decode(part)).toJsonObject();
        } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
            return null;
        }
    }

    private static boolean isFor(JsonObject claims, HttpServerRequest http) {
        return PushRoutes.origin(http).equals(claims.getValue("aud"));
    }

    private boolean isInTime(JsonObject claims) {
        long now = clock.millis() / 1_000;
        return claims.getValue("exp") instanceof Number exp
                && exp.longValue() > now
                && exp.longValue() <= now + VALID_SECONDS_MAX;
    }

    private static boolean isFromSomebody(JsonObject claims) {
        return claims.getValue("sub") instanceof String sub && (sub.startsWith("mailto:") || sub.startsWith("https:"));
    }
}
