package io.heliograph.gateway.notifications.telling;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.CapCounter.Limit;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.outbox.NewInboxItem;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.NewNotification;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an event comes to: its messages, why some of them wait, by which channels there are none and why.
 *
 * @param messages by channel, one at least; several where a user has several addresses
 * @param inboxItem which nobody's caps and hours hold back, because it interrupts nobody; null where there is none
 * @param webhook what the account's own systems are told; null for nothing
 * @param held by its channels it is held for so long, to be told with its like; null where none is
 * @param limits what its user may not have had already
 */
public record Plan(
        PostedEvent event,
        Map<NotificationChannel, List<NewMessage>> messages,
        @Nullable NewInboxItem inboxItem,
        Map<NotificationChannel, Reason> waiting,
        Map<NotificationChannel, Reason> skipped,
        @Nullable PostedWebhook webhook,
        @Nullable Duration held,
        List<Limit> limits) {

    /** The same for a user who has had as many as anybody may have. */
    Plan capped() {
        Map<NotificationChannel, Reason> more = new EnumMap<>(NotificationChannel.class);
        more.putAll(skipped);
        messages.keySet().forEach(channel -> more.put(channel, Reason.CAPPED));
        return new Plan(event, Map.of(), inboxItem, waiting, more, webhook, held, List.of());
    }

    /** Null where nothing was. */
    Plan webhookStoredAs(@Nullable UUID eventId) {
        return webhook == null || eventId == null
                ? this
                : new Plan(event, messages, inboxItem, waiting, skipped, webhook.storedAs(eventId), held, limits);
    }

    public Stream<NewMessage> allMessages() {
        return messages.values().stream().flatMap(List::stream);
    }

    /** {@code withKey}: unless it was taken for it before. */
    public NewNotification notification(boolean withKey) {
        return new NewNotification(
                event.id(),
                event.accountId(),
                event.userId(),
                event.type().name(),
                outcomes(message -> true).encode(),
                withKey ? event.key() : null,
                inboxItem);
    }

    /** By channel, in the order of the type. A recipient who has opted out is known only when the messages are stored. */
    JsonObject outcomes(Predicate<UUID> isStored) {
        JsonObject outcomes = new JsonObject();
        for (NotificationChannel channel : event.type().channels()) {
            JsonObject outcome = outcome(channel, isStored);
            if (outcome != null) {
                outcomes.put(channel.word(), outcome);
            }
        }
        return outcomes;
    }

    /** Null for a channel that is none of this plan's business. */
    private @Nullable JsonObject outcome(NotificationChannel channel, Predicate<UUID> isStored) {
        Reason skip = skipped.get(channel);
        if (skip != null) {
            return Outcome.skipped(skip);
        }
        if (channel == NotificationChannel.IN_APP && inboxItem != null) {
            return Outcome.delivered(inboxItem.id());
        }
        List<NewMessage> told = messages.get(channel);
        Reason wait = waiting.get(channel);
        if (told != null) {
            return told.stream().map(NewMessage::id).anyMatch(isStored)
                    ? Outcome.told(told, wait)
                    : Outcome.skipped(Reason.RECIPIENT_OPTED_OUT);
        }
        if (channel == NotificationChannel.WEBHOOK && webhook != null) {
            return Outcome.posted(webhook);
        }
        return wait == Reason.DIGEST ? Outcome.held() : null;
    }
}
