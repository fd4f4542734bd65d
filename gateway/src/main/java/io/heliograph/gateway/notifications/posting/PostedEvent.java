package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a user, as an application told it; every variable of its type is there.
 *
 * @param id of the notification that it becomes
 * @param key null when it may be told twice
 */
public record PostedEvent(
        UUID id,
        long accountId,
        NotificationType type,
        String userId,
        JsonObject data,
        AcceptIntent.@Nullable Key key,
        OffsetDateTime now) {

    /** What a template can name: its data, and beside it what is there for several events that are told as one. */
    Map<String, Object> variables() {
        Map<String, Object> variables = new HashMap<>(data.getMap());
        Object _ = variables.putIfAbsent("items", List.of(data.getMap()));
        Object _ = variables.putIfAbsent("count", 1);
        Object _ = variables.putIfAbsent("several", false);
        return variables;
    }

    /** The last of several that are told as one. */
    PostedEvent withAll(List<JsonObject> items) {
        JsonObject all = data.copy()
                .put("items", items.stream().map(JsonObject::getMap).toList())
                .put("count", items.size())
                .put("several", items.size() > 1);
        return new PostedEvent(id, accountId, type, userId, all, key, now);
    }

    /** Names the event, and nobody. */
    @Override
    public String toString() {
        return "event " + id;
    }
}
