package io.heliograph.gateway.twilio.words;

import io.heliograph.gateway.http.ProblemCode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, out of its form: names in their case, an array by its repeated name. Read here and not by the server's
 * decoder of forms, which is made for files and costs more than all else of a request.
 */
public record Form(Map<String, List<String>> fields) {
    private static final int FIELDS_MAX = 200;

    /** Throws the problem of what is no form. */
    public static Form of(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body == null) {
            return new Form(Map.of());
        }
        try {
            // The fifth: Twilio's values may hold semicolons.
            return new Form(new QueryStringDecoder(
                            body.toString(StandardCharsets.UTF_8), StandardCharsets.UTF_8, false, FIELDS_MAX, true)
                    .parameters());
        } catch (IllegalArgumentException e) {
            throw TwilioErrors.of(ProblemCode.UNREADABLE, 20001, "The form cannot be decoded. Check its escapes.");
        }
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** The first of its values; null when there is none, or it is empty. */
    public @Nullable String text(String name) {
        List<String> values = fields.get(name);
        return values == null || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    /** False as well when it is not there. Twilio's older Python SDK writes {@code True}. */
    public boolean isTrue(String name) {
        return "true".equalsIgnoreCase(text(name));
    }

    /** Those that are not empty. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** For comparing with another request. */
    public JsonObject json() {
        JsonObject json = new JsonObject();
        fields.forEach((name, values) -> json.put(name, new JsonArray(values)));
        return json;
    }
}
