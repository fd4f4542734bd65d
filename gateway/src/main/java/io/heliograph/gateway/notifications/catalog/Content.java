package io.heliograph.gateway.notifications.catalog;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template as it is written.
 *
 * @param phiSafe whether it may hold nothing that tells about a person's health
 * @param variants one, without a name; or several, of which a user always gets the same
 */
public record Content(boolean phiSafe, List<Variant> variants) {
    /**
     * One of the texts.
     *
     * @param name null where there is one only
     * @param weight how often it is chosen, against the others'
     * @param link where a browser leads whoever clicks on it
     */
    public record Variant(
            @Nullable String name,
            int weight,
            String text,
            @Nullable String title,
            @Nullable String html,
            @Nullable String link,
            @Nullable Dlt dlt) {

        JsonObject json() {
            JsonObject json = new JsonObject();
            if (name != null) {
                json.put("name", name).put("weight", weight);
            }
            putIfPresent(json, "title", title);
            json.put("text", text);
            putIfPresent(json, "html", html);
            putIfPresent(json, "link", link);
            putIfPresent(json, "dlt", dlt == null ? null : dlt.json());
            return json;
        }
    }

    /**
     * How an SMS is registered with India's operators.
     *
     * @param header what it comes from there
     * @param pattern the text as it is registered
     */
    public record Dlt(@Nullable String entityId, @Nullable String header, String templateId, String pattern) {

        JsonObject json() {
            JsonObject json = new JsonObject();
            putIfPresent(json, "entity_id", entityId);
            putIfPresent(json, "header", header);
            return json.put("template_id", templateId).put("pattern", pattern);
        }

        /** As a message has it, with what stands in the slots. */
        JsonObject filled(List<String> values) {
            JsonObject json = new JsonObject();
            putIfPresent(json, "entity_id", entityId);
            return json.put("template_id", templateId).put("variables", new JsonArray(values));
        }
    }

    public Content {
        variants = List.copyOf(variants);
    }

    /** As it was written. */
    public JsonObject json() {
        JsonObject json = new JsonObject();
        if (phiSafe) {
            json.put("phi_safe", true);
        }
        if (variants.size() == 1 && variants.getFirst().name() == null) {
            return json.mergeIn(variants.getFirst().json());
        }
        return json.put(
                "variants", new JsonArray(variants.stream().map(Variant::json).toList()));
    }

    private static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            JsonObject _ = json.put(name, value);
        }
    }
}
