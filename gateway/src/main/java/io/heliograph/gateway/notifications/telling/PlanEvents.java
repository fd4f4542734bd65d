package io.heliograph.gateway.notifications.telling;

import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType.Priority;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.deciding.CapCounter;
import io.heliograph.gateway.notifications.deciding.CapCounter.Limit;
import io.heliograph.gateway.notifications.deciding.Decide;
import io.heliograph.gateway.notifications.deciding.Decision;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.deciding.SendTime;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.notifications.deciding.Whereabouts;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.settings.Settings;
import io.heliograph.gateway.outbox.NewInboxItem;
import io.heliograph.gateway.outbox.NewMessage;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides and renders what an event comes to. Asks nobody: all that it needs is in memory, or was read before. */
public final class PlanEvents {
    private final Decide decide;
    private final Tell tell;
    private final AccountSettings settings;

    public PlanEvents(Catalog catalog, Tell tell, AccountSettings settings) {
        this.decide = new Decide(catalog);
        this.tell = tell;
        this.settings = settings;
    }

    /** Of an event that just happened. */
    public Plan of(PostedEvent event, UserFacts user) {
        Settings ours = settings.of(event.accountId());
        Duration window = event.type().priority() == Priority.CRITICAL
                ? null
                : ours.digestWindow(event.type().name());
        return new Planning(event, user, ours, window).plan(event.type().channels());
    }

    /** Of one that stands for all that was held; by the channels by which it was. */
    public Plan ofHeld(PostedEvent event, UserFacts user, Collection<NotificationChannel> channels) {
        return new Planning(event, user, settings.of(event.accountId()), null).plan(channels);
    }

    /** When that may go which was written of it before, by one channel. */
    public SendTime again(PostedEvent event, UserFacts user, NotificationChannel channel) {
        Settings ours = settings.of(event.accountId());
        return decide.again(event, channel, user, where(event, user, ours), ours);
    }

    /** Null where it does not matter: where a number is from takes longer to find than all the rest. */
    private static @Nullable Whereabouts where(PostedEvent event, UserFacts user, Settings settings) {
        return SendTime.matters(event.type(), settings) || CapCounter.matter(event, settings)
                ? Whereabouts.of(user, settings)
                : null;
    }

    /** Of one event. */
    private final class Planning {
        private final PostedEvent event;
        private final UserFacts user;
        private final Settings ours;
        private final @Nullable Whereabouts where;
        private final @Nullable Duration window;
        private final Map<NotificationChannel, List<NewMessage>> messages = new EnumMap<>(NotificationChannel.class);
        private @Nullable NewInboxItem inboxItem;
        private final Map<NotificationChannel, Reason> waiting = new EnumMap<>(NotificationChannel.class);
        private final Map<NotificationChannel, Reason> skipped = new EnumMap<>(NotificationChannel.class);

        private @Nullable PostedWebhook webhook;

        Planning(PostedEvent event, UserFacts user, Settings ours, @Nullable Duration window) {
            this.event = event;
            this.user = user;
            this.ours = ours;
            this.window = window;
            this.where = where(event, user, ours);
        }

        Plan plan(Collection<NotificationChannel> channels) {
            channels.forEach(this::decide);
            return new Plan(event, messages, inboxItem, waiting, skipped, webhook, isHeld() ? window : null, limits());
        }

        private void decide(NotificationChannel channel) {
            switch (decide.about(event, channel, user, where, ours)) {
                case Decision.Skip(Reason reason) -> skipped.put(channel, reason);
                case Decision.Post(Template template) -> post(template);
                case Decision.Tell decision -> {
                    if (channel == NotificationChannel.IN_APP) {
                        shelve(decision);
                    } else if (window != null && channel.interrupts()) {
                        waiting.put(channel, Reason.DIGEST);
                    } else {
                        tell(channel, decision);
                    }
                }
            }
        }

        private void tell(NotificationChannel channel, Decision.Tell decision) {
            Tell.Told told = tell.of(event, channel, decision);
            if (!told.messages().isEmpty()) {
                messages.put(channel, told.messages());
                if (decision.when() instanceof SendTime.Later later) {
                    waiting.put(channel, later.reason());
                }
            } else if (told.reason() != null) {
                skipped.put(channel, told.reason());
            }
        }

        private void shelve(Decision.Tell decision) {
            switch (Wording.of(event, decision)) {
                case Wording.Impossible(Reason reason) -> skipped.put(NotificationChannel.IN_APP, reason);
                case Wording.Worded wording -> inboxItem = tell.inInbox(event, wording, ours.inboxDays());
            }
        }

        private void post(@Nullable Template template) {
            if (template == null) {
                webhook = PostedWebhook.of(event, null);
                return;
            }
            switch (Wording.of(event, template, "")) {
                case Wording.Impossible(Reason reason) -> skipped.put(NotificationChannel.WEBHOOK, reason);
                case Wording.Worded wording -> webhook = PostedWebhook.of(event, wording.rendered());
            }
        }

        private boolean isHeld() {
            return waiting.containsValue(Reason.DIGEST);
        }

        /** Counted on the day on which the first of its messages goes. */
        private List<Limit> limits() {
            if (where == null || messages.isEmpty()) {
                return List.of();
            }
            OffsetDateTime first = messages.values().stream()
                    .flatMap(List::stream)
                    .map(message -> message.sendAt() == null ? event.now() : message.sendAt())
                    .min(Comparator.comparing(OffsetDateTime::toInstant))
                    .orElse(event.now());
            return CapCounter.limits(event, first, where, ours);
        }
    }
}
