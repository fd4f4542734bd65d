package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.notifications.catalog.Content;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template, as answers show it. */
final class TemplateView {
    private TemplateView() {}

    static JsonObject of(TemplateKey key) {
        return new JsonObject()
                .put("type", key.type())
                .put("channel", key.channel().word())
                .put("locale", key.locale());
    }

    /** {@code shipped} is null where none is in force there or would be. */
    static JsonObject of(TemplateKey key, List<Row> versions, @Nullable Content shipped) {
        JsonObject view = of(key).put("published", null).put("draft", null);
        for (Row row : versions) {
            String state = row.getString("state");
            if (!state.equals("retired")) {
                view.put(state, version(row));
            }
        }
        return view.put("shipped", shipped == null ? null : shipped.json());
    }

    static JsonObject version(Row row) {
        return new JsonObject()
                .put("version", row.getInteger("version"))
                .put("state", row.getString("state"))
                .put("content", row.getJsonObject("content"))
                .put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put(
                        "published_at",
                        row.getOffsetDateTime("published_at") == null
                                ? null
                                : Times.text(row.getOffsetDateTime("published_at")));
    }
}
