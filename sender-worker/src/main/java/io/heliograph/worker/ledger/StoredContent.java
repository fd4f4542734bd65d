package io.heliograph.worker.ledger;

import io.heliograph.worker.provider.Outgoing.Content;
import io.heliograph.worker.provider.Outgoing.Dlt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
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
                dlt(more.getJsonObject("dlt")));
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
