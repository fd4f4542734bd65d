package io.heliograph.gateway.notifications.telling;

import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the account's own systems are told of an event, by its webhook endpoints.
 *
 * @param eventId of the event that they get; null until it is stored
 */
public record PostedWebhook(@Nullable UUID eventId, JsonObject data) {

    /** {@code rendered} is null where the type says nothing of its own for webhooks: the data is there all the same. */
    static PostedWebhook of(PostedEvent event, Template.@Nullable Rendered rendered) {
        JsonObject data = new JsonObject()
                .put("id", event.id().toString())
                .put("type", event.type().name())
                .put("category", event.type().category())
                .put("priority", event.type().priority().word())
                .put("user", event.userId())
                .put("created_at", Times.text(event.now()));
        if (rendered != null) {
            if (rendered.title() != null) {
                data.put("title", rendered.title());
            }
            data.put("text", rendered.text());
        }
        return new PostedWebhook(null, data.put("data", event.data()));
    }

    PostedWebhook storedAs(UUID id) {
        return new PostedWebhook(id, data);
    }

    /** Says nothing of what is in it. */
    @Override
    public String toString() {
        return "webhook " + eventId;
    }
}
