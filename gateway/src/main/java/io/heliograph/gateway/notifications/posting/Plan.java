package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.posting.Decision.Reason;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.NewMessage;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an event comes to: its messages, and by which channels there are none and why. */
record Plan(
        PostedEvent event, Map<NotificationChannel, NewMessage> messages, Map<NotificationChannel, Reason> skipped) {

    AcceptIntent intent() {
        return new AcceptIntent(
                event.accountId(),
                null,
                messages.values().stream()
                        .map(message -> new AcceptIntent.Item(null, message))
                        .toList());
    }

    /** By channel, in the order of the type. A recipient who has opted out is known only when the messages are stored. */
    JsonObject outcomes(List<Accepted.ItemAnswer> answers) {
        List<NotificationChannel> told = new ArrayList<>(messages.keySet());
        JsonObject outcomes = new JsonObject();
        for (NotificationChannel channel : event.type().channels()) {
            Reason reason = skipped.get(channel);
            if (reason == null && answers.get(told.indexOf(channel)) instanceof Accepted.Stored stored) {
                outcomes.put(
                        channel.word(),
                        new JsonObject()
                                .put("status", "accepted")
                                .put("message_id", stored.message().id().toString()));
            } else {
                outcomes.put(
                        channel.word(),
                        new JsonObject()
                                .put("status", "skipped")
                                .put("reason", (reason == null ? Reason.RECIPIENT_OPTED_OUT : reason).word()));
            }
        }
        return outcomes;
    }
}
