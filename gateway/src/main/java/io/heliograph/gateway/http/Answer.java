package io.heliograph.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** What a request gets when it is done. What it gets when it is not is a {@link Problem}. */
public record Answer(int status, Map<String, String> headers, Buffer body) {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    public static Answer ok(JsonObject body) {
        return new Answer(200, JSON, body.toBuffer());
    }

    public static Answer created(JsonObject body) {
        return new Answer(201, JSON, body.toBuffer());
    }

    public static Answer accepted(JsonObject body) {
        return new Answer(202, JSON, body.toBuffer());
    }

    public static Answer noContent() {
        return new Answer(204, Map.of(), Buffer.buffer());
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    /** Says that the same request was done before, under the same idempotency key. */
    public Answer replayed() {
        return with("Idempotent-Replayed", "true");
    }
}
