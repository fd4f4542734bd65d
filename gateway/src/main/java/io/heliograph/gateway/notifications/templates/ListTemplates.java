package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.ShippedCatalog;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/templates}: which there are, page by page, without what they say. */
record ListTemplates(
        @Nullable String type,
        @Nullable String channel,
        @Nullable String locale,
        @Nullable String cursor,
        int limit) {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 500;
    private static final int WORD_LENGTH_MAX = 50;
    private static final int CURSOR_LENGTH_MAX = 200;

    static ListTemplates read(QueryFields query) {
        ListTemplates asked = new ListTemplates(
                query.text("type", WORD_LENGTH_MAX),
                query.oneOf("channel", NotificationChannel.WORDS),
                query.text("locale", WORD_LENGTH_MAX),
                query.text("cursor", CURSOR_LENGTH_MAX),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        var mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return asked;
    }

    /** In the order of type, channel and locale. */
    Answer page(List<Row> own, ShippedCatalog shipped) {
        Map<String, JsonObject> found = new TreeMap<>();
        shipped.contents().keySet().forEach(key -> put(found, key));
        for (Row row : own) {
            TemplateKey key = new TemplateKey(
                    row.getString("type"), NotificationChannel.of(row.getString("channel")), row.getString("locale"));
            put(found, key);
            JsonObject view = found.get(place(key));
            if (view != null) {
                view.put(row.getString("state") + "_version", row.getInteger("version"));
            }
        }
        List<Map.Entry<String, JsonObject>> left = found.entrySet().stream()
                .filter(one -> cursor == null || one.getKey().compareTo(cursor) > 0)
                .limit(limit + 1L)
                .toList();
        JsonArray templates = new JsonArray();
        left.stream().limit(limit).forEach(one -> templates.add(one.getValue()));
        return Answer.ok(new JsonObject()
                .put("templates", templates)
                .put("next_cursor", left.size() > limit ? left.get(limit - 1).getKey() : null));
    }

    private void put(Map<String, JsonObject> found, TemplateKey key) {
        if ((type == null || type.equals(key.type()))
                && (channel == null || channel.equals(key.channel().word()))
                && (locale == null || locale.equals(key.locale()))) {
            JsonObject _ = found.computeIfAbsent(
                    place(key),
                    _ -> TemplateView.of(key).put("published_version", null).put("draft_version", null));
        }
    }

    private static String place(TemplateKey key) {
        return key.type() + "/" + key.channel().word() + "/" + key.locale();
    }
}
