package io.heliograph.worker.ledger;

import io.heliograph.worker.provider.Outgoing.Content;
import io.heliograph.worker.provider.Outgoing.ContentTemplate;
import io.heliograph.worker.provider.Outgoing.Dlt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the gateway stored for the person to see: the text and the media, and what only some channels have. */
final class StoredContent {
    private static final JsonObject NOTHING_MORE = new JsonObject();

    private StoredContent() {}

    /** Of a row's columns, the last two of which are JSON or null. */
    static Content of(String body, @Nullable Object mediaUrls, @Nullable Object content) {
        JsonObject more = content instanceof JsonObject object ? object : NOTHING_MORE;
        return new Content(
                body,
                more.getString("subject"),
                more.getString("html"),
                more.getString("link"),
                texts(mediaUrls),
                dlt(more.getJsonObject("dlt")),
                template(more));
    }

    private static @Nullable ContentTemplate template(JsonObject more) {
        String sid = more.getString("content_sid");
        if (sid == null) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        more.getJsonObject("content_variables", NOTHING_MORE)
                .forEach(variable -> variables.put(variable.getKey(), String.valueOf(variable.getValue())));
        return new ContentTemplate(sid, variables);
    }

    private static @Nullable Dlt dlt(@Nullable JsonObject dlt) {
        return dlt == null
                ? null
                : new Dlt(dlt.getString("entity_id"), dlt.getString("template_id"), texts(dlt.getValue("variables")));
    }

    private static List<String> texts(@Nullable Object json) {
        return json instanceof JsonArray array
                ? array.stream().map(String::valueOf).toList()
                : List.of();
    }
}
