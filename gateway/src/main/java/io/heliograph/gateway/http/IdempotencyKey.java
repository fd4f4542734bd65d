package io.heliograph.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client's own name for a request, so that repeating it is harmless. */
public final class IdempotencyKey {
    public static final int LENGTH_MAX = 255;
    /** What a key looks like, for whoever sent another. */
    public static final String SHAPE = "1 to " + LENGTH_MAX + " printable ASCII characters without spaces.";

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1," + LENGTH_MAX + "}");
    /** Not printable, and so never part of a client's own key. */
    private static final char SEPARATOR = '\u001f';

    private IdempotencyKey() {}

    /** Null without the header. Throws the problem of a key that is not one. */
    public static @Nullable String header(RoutingContext context) {
        String key = context.request().getHeader("Idempotency-Key");
        if (key != null && !isValid(key)) {
            throw Problem.of(ProblemCode.INVALID_IDEMPOTENCY_KEY, "Idempotency-Key must be " + SHAPE)
                    .exception();
        }
        return key;
    }

    public static boolean isValid(String key) {
        return PRINTABLE.matcher(key).matches();
    }

    /** The key of an item that has none of its own, in a batch that has one. */
    public static String ofItem(String batchKey, int index) {
        return batchKey + SEPARATOR + index;
    }

    /** The key under which a message is sent anew, once and never again. */
    public static String ofReplay(UUID messageId) {
        return "replay" + SEPARATOR + messageId;
    }

    /** Equal for bodies that mean the same: neither white space nor the order of fields counts. */
    public static Buffer hash(String operation, JsonObject body) {
        StringBuilder canonical = new StringBuilder(operation).append(SEPARATOR);
        append(canonical, body);
        return Buffer.buffer(sha256(canonical.toString()));
    }

    private static void append(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case JsonObject object -> appendFields(out, object.getMap());
            case Map<?, ?> map -> appendFields(out, map);
            case JsonArray array -> appendItems(out, array.getList());
            case List<?> items -> appendItems(out, items);
            case String text ->
                out.append('"').append(text.length()).append(':').append(text);
            case null, default -> out.append(value);
        }
    }

    private static void appendFields(StringBuilder out, Map<?, ?> fields) {
        out.append('{');
        new TreeMap<>(fields).forEach((name, value) -> {
            append(out, name);
            append(out, value);
        });
        out.append('}');
    }

    private static void appendItems(StringBuilder out, List<?> items) {
        out.append('[');
        items.forEach(item -> {
            append(out, item);
            out.append(',');
        });
        out.append(']');
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
