package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.posting.CapCounter.Limit;
import io.heliograph.gateway.notifications.posting.Decision.Reason;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.NewMessage;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event comes to: its messages, why some of them wait, by which channels there are none and why.
 *
 * @param held by its channels it is held for so long, to be told with its like; null where none is
 * @param limits what its user may not have had already
 */
record Plan(
        PostedEvent event,
        Map<NotificationChannel, NewMessage> messages,
        Map<NotificationChannel, Reason> waiting,
        Map<NotificationChannel, Reason> skipped,
        @Nullable Duration held,
        List<Limit> limits) {

    AcceptIntent intent() {
        return new AcceptIntent(
                event.accountId(),
                null,
                messages.values().stream()
                        .map(message -> new AcceptIntent.Item(null, message))
                        .toList());
    }

    /** The same for a user who has had as many as anybody may have. */
    Plan capped() {
        Map<NotificationChannel, Reason> more = new EnumMap<>(NotificationChannel.class);
        more.putAll(skipped);
        messages.keySet().forEach(channel -> more.put(channel, Reason.CAPPED));
        return new Plan(event, Map.of(), waiting, more, held, List.of());
    }

    /** By channel, in the order of the type. A recipient who has opted out is known only when the messages are stored. */
    JsonObject outcomes(List<Accepted.ItemAnswer> answers) {
        List<NotificationChannel> told = new ArrayList<>(messages.keySet());
        JsonObject outcomes = new JsonObject();
        for (NotificationChannel channel : event.type().channels()) {
            Reason skip = skipped.get(channel);
            Reason wait = waiting.get(channel);
            int place = told.indexOf(channel);
            if (skip != null) {
                outcomes.put(channel.word(), Outcome.skipped(skip));
            } else if (place >= 0) {
                outcomes.put(
                        channel.word(),
                        answers.get(place) instanceof Accepted.Stored stored
                                ? Outcome.told(stored.message(), wait)
                                : Outcome.skipped(Reason.RECIPIENT_OPTED_OUT));
            } else if (wait == Reason.DIGEST) {
                outcomes.put(channel.word(), Outcome.held());
            }
        }
        return outcomes;
    }
}
