package io.heliograph.gateway.callbacks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a call of Twilio brings. The fields of a form are signed together with the URL; of JSON the URL has the hash, and is all that is
 * signed.
 */
public final class TwilioFields {
    private static final String BODY_HASH = "bodySHA256";

    private TwilioFields() {}

    /** None where there is neither a form nor an object whose hash the URL has. */
    public static ReportFields of(RoutingContext context) {
        if (context.queryParam(BODY_HASH).isEmpty()) {
            return ReportFields.of(context.request().formAttributes());
        }
        try {
            return ReportFields.of(
                    Json.decodeValue(body(context)) instanceof JsonObject fields ? fields : new JsonObject());
        } catch (DecodeException e) {
            return ReportFields.of(new JsonObject());
        }
    }

    /** Whether the body is what the URL says it is, if it says anything. Proves nothing of a URL that nobody has signed. */
    static boolean fitTheUrl(RoutingContext context) {
        List<String> hashes = context.queryParam(BODY_HASH);
        return hashes.isEmpty() || hashes.equals(List.of(sha256(body(context))));
    }

    private static Buffer body(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null ? Buffer.buffer() : body;
    }

    private static String sha256(Buffer body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
