package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.vertx.core.json.JsonObject;

/** What a stream says about itself, between the events. */
final class ControlWords {
    private ControlWords() {}

    static JsonObject live(EventPosition position) {
        return new JsonObject().put("type", "live").put("position", position.toString());
    }

    static JsonObject gap(EventPosition asked) {
        return new JsonObject()
                .put("type", "gap")
                .put("after", asked.toString())
                .put("detail", "The position is unknown or too old: events after it may be missing.");
    }

    static JsonObject end(LastWord word) {
        return new JsonObject().put("type", "end").put("reason", word.word());
    }
}
