package io.heliograph.gateway.notifications.telling;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.outbox.NewMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a channel, as it is stored and shown. */
final class Outcome {
    static final String HELD = "held";
    private static final String STATUS = "status";
    private static final String REASON = "reason";

    private Outcome() {}

    /** {@code why} it waits; null when it does not. */
    static JsonObject told(List<NewMessage> messages, @Nullable Reason why) {
        NewMessage message = messages.getFirst();
        JsonObject outcome = new JsonObject()
                .put(STATUS, message.sendAt() == null ? "accepted" : "deferred")
                .put("message_id", message.id().toString());
        if (message.channel() == Channel.WEB_PUSH) {
            outcome.put(
                    "message_ids",
                    new JsonArray(
                            messages.stream().map(one -> one.id().toString()).toList()));
        }
        return message.sendAt() == null || why == null
                ? outcome
                : outcome.put("send_at", Times.text(message.sendAt())).put(REASON, why.word());
    }

    /** What lies in the inbox has arrived. */
    static JsonObject delivered(UUID inboxItemId) {
        return new JsonObject().put(STATUS, "delivered").put("inbox_item_id", inboxItemId.toString());
    }

    static JsonObject posted(PostedWebhook webhook) {
        return new JsonObject()
                .put(STATUS, "accepted")
                .put(
                        "event_id",
                        webhook.eventId() == null ? null : webhook.eventId().toString());
    }

    static JsonObject held() {
        return new JsonObject().put(STATUS, HELD).put(REASON, Reason.DIGEST.word());
    }

    static JsonObject skipped(Reason reason) {
        return new JsonObject().put(STATUS, "skipped").put(REASON, reason.word());
    }
}
