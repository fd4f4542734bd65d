package io.heliograph.gateway.notifications.push;

import io.heliograph.contract.P256;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.CallableUrls;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a browser's {@code PushSubscription.toJSON()} gives. Never repeats it in a mistake. */
final class SubscriptionFields {
    private static final int ENDPOINT_LENGTH_MAX = 2_000;
    private static final int KEY_LENGTH_MAX = 200;
    private static final int USER_AGENT_LENGTH_MAX = 500;
    private static final int AUTH_BYTES = 16;
    /** Later than any browser means, and a time that the database has. */
    private static final long EXPIRATION_MS_MAX =
            Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

    private static final Pattern PRINTABLE = Pattern.compile("[!-~]*");
    private static final String HTTPS = "https://";

    private final CallableUrls urls;
    private final boolean takesPlainHttp;

    /** {@code takesPlainHttp}: where services may stand that are not public. */
    SubscriptionFields(CallableUrls urls, boolean takesPlainHttp) {
        this.urls = urls;
        this.takesPlainHttp = takesPlainHttp;
    }

    /** Throws the problem of a body that is none, with all its mistakes. */
    NewSubscription read(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String endpoint = endpoint(fields);
        JsonFields keys = fields.child("keys");
        String p256dh = keys == null ? null : p256dh(keys);
        String auth = keys == null ? null : auth(keys);
        if (keys != null) {
            fields.mistakesOf(keys);
        } else if (fields.isMissing("keys")) {
            fields.mistake("keys", ProblemCode.MISSING, "keys is required: p256dh and auth.");
        }
        String userAgent = fields.text("user_agent", USER_AGENT_LENGTH_MAX);
        OffsetDateTime expiresAt = expiresAt(fields);
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty() || endpoint == null || p256dh == null || auth == null) {
            throw Problem.invalid(mistakes).exception();
        }
        return new NewSubscription(endpoint, p256dh, auth, userAgent, expiresAt);
    }

    private @Nullable String endpoint(JsonFields fields) {
        String endpoint = fields.requiredText("endpoint", ENDPOINT_LENGTH_MAX);
        if (endpoint == null) {
            return null;
        }
        String mistake = PRINTABLE.matcher(endpoint).matches()
                ? urls.mistake(endpoint)
                : "endpoint is no URL: what is not ASCII must be escaped.";
        if (mistake == null && !takesPlainHttp && !endpoint.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
            mistake = "endpoint must begin with https://.";
        }
        if (mistake != null) {
            fields.mistake("endpoint", ProblemCode.INVALID_URL, mistake);
        }
        return endpoint;
    }

    private static @Nullable String p256dh(JsonFields keys) {
        String p256dh = unpadded(keys.requiredText("p256dh", KEY_LENGTH_MAX));
        try {
            if (p256dh != null) {
                Object _ = P256.publicKey(p256dh);
            }
        } catch (IllegalArgumentException _) {
            keys.mistake(
                    "p256dh",
                    ProblemCode.NOT_ALLOWED,
                    "p256dh must be a point of the curve P-256, uncompressed, in base64url.");
        }
        return p256dh;
    }

    private static @Nullable String auth(JsonFields keys) {
        String auth = unpadded(keys.requiredText("auth", KEY_LENGTH_MAX));
        if (auth != null && !isSecret(auth)) {
            keys.mistake("auth", ProblemCode.NOT_ALLOWED, "auth must be 16 bytes in base64url.");
        }
        return auth;
    }

    private static boolean isSecret(String auth) {
        try {
            return Base64.getUrlDecoder().decode(auth).length == AUTH_BYTES;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static @Nullable String unpadded(@Nullable String base64Url) {
        return base64Url == null ? null : base64Url.replaceAll("=+$", "");
    }

    /** Milliseconds since 1970, as JavaScript has times. */
    private static @Nullable OffsetDateTime expiresAt(JsonFields fields) {
        Object given = fields.any("expirationTime");
        if (given == null) {
            return null;
        }
        if (given instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= EXPIRATION_MS_MAX) {
            return Instant.ofEpochMilli(number.longValue()).atOffset(ZoneOffset.UTC);
        }
        fields.mistake(
                "expirationTime",
                ProblemCode.WRONG_TYPE,
                "expirationTime must be null, or a time in milliseconds since 1970.");
        return null;
    }
}
