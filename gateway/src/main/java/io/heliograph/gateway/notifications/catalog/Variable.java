package io.heliograph.gateway.notifications.catalog;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an event of a type brings under one name.
 *
 * @param optional whether an event may leave it out; it is empty then
 * @param phiSafe whether it may be in a text that must not tell anything about health
 * @param fields of a list, what every item has; empty for a list of strings, and for what is no list
 */
public record Variable(VariableType type, boolean optional, boolean phiSafe, Map<String, VariableType> fields) {
    public Variable {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** As answers show it, and as it is stored. */
    public JsonObject json() {
        JsonObject json = new JsonObject()
                .put("type", type.word())
                .put("optional", optional)
                .put("phi_safe", phiSafe);
        if (!fields.isEmpty()) {
            JsonObject words = new JsonObject();
            fields.forEach((name, field) -> words.put(name, field.word()));
            json.put("fields", words);
        }
        return json;
    }
}
