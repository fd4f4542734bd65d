package io.heliograph.torture;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What the provider does wrong meanwhile: answers that tell nothing, and callbacks that come as they like. */
final class Misbehaviour {
    private Misbehaviour() {}

    static JsonObject script() {
        JsonArray rules = new JsonArray()
                .add(answer(0.01, new JsonObject().put("kind", "reset").put("accepts", true)))
                .add(answer(0.01, new JsonObject().put("kind", "reset").put("accepts", false)))
                .add(answer(0.01, new JsonObject().put("kind", "server_error").put("accepts", true)))
                .add(answer(0.01, new JsonObject().put("kind", "server_error").put("accepts", false)))
                .add(answer(0.005, new JsonObject().put("kind", "silence").put("accepts", true)))
                .add(answer(0.005, new JsonObject().put("kind", "silence").put("accepts", false)))
                .add(answer(
                        0.01, new JsonObject().put("kind", "too_many_requests").put("retry_after_s", 1)))
                .add(callbacks(0.1, new JsonObject().put("copies", 3)))
                .add(callbacks(0.1, new JsonObject().put("reversed", true)))
                .add(callbacks(0.1, new JsonObject().put("early", true)))
                .add(callbacks(
                        0.1,
                        new JsonObject()
                                .put("delay", new JsonObject().put("min_ms", 0).put("max_ms", 3_000))))
                .add(callbacks(0.05, new JsonObject().put("which", "none")))
                .add(callbacks(0.02, new JsonObject().put("wrong_signature", true)));
        return new JsonObject().put("rules", rules);
    }

    private static JsonObject answer(double share, JsonObject answer) {
        return new JsonObject().put("share", share).put("answer", answer);
    }

    private static JsonObject callbacks(double share, JsonObject callbacks) {
        return new JsonObject().put("share", share).put("callbacks", callbacks);
    }
}
