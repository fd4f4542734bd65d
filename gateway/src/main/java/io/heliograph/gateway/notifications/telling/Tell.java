package io.heliograph.gateway.notifications.telling;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Segments;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.heliograph.gateway.notifications.deciding.Decision;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.deciding.SendTime;
import io.heliograph.gateway.outbox.NewInboxItem;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Recourse;
import io.heliograph.gateway.outbox.TwilioExtras;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the message that tells a user of an event by one channel, or says why there can be none. */
public final class Tell {
    /** Messages, or a reason why there are none. */
    public record Told(List<NewMessage> messages, @Nullable Reason reason) {
        static Told of(Reason reason) {
            return new Told(List.of(), reason);
        }
    }

    private static final Duration VALID_FOR = Duration.ofDays(3);

    private final Estimates estimates;
    private final Supplier<UUID> ids;

    public Tell(Estimates estimates, Supplier<UUID> ids) {
        this.estimates = estimates;
        this.ids = ids;
    }

    public Told of(PostedEvent event, NotificationChannel by, Decision.Tell decision) {
        Channel channel = by.message();
        if (channel == null) {
            throw new IllegalArgumentException(by + " takes no message");
        }
        return switch (Wording.of(event, decision)) {
            case Wording.Impossible(Reason reason) -> Told.of(reason);
            case Wording.Worded wording -> told(event, channel, decision, wording);
        };
    }

    /** What the user finds in their inbox, and for how many days. */
    NewInboxItem inInbox(PostedEvent event, Wording.Worded wording, int days) {
        Template.Rendered rendered = wording.rendered();
        return new NewInboxItem(
                ids.get(),
                event.type().category(),
                wording.variant(),
                rendered.title() == null ? "" : rendered.title(),
                rendered.text(),
                InboxExtras.link(event),
                InboxExtras.data(event),
                days);
    }

    private Told told(PostedEvent event, Channel channel, Decision.Tell decision, Wording.Worded wording) {
        Lane lane = event.type().priority().lane();
        Duration delay =
                estimates.delay(event.accountId(), channel, decision.addresses().getFirst(), lane, VALID_FOR);
        if (delay.compareTo(VALID_FOR) >= 0) {
            return Told.of(Reason.WOULD_EXPIRE);
        }
        return new Told(
                decision.addresses().stream()
                        .map(address -> message(event, channel, address, decision.when(), wording, delay))
                        .toList(),
                null);
    }

    private NewMessage message(
            PostedEvent event, Channel channel, String address, SendTime when, Wording.Worded wording, Duration delay) {
        String text = wording.rendered().text();
        OffsetDateTime sendAt = when instanceof SendTime.Later later ? later.at() : null;
        Segments segments = channel.goesToNumber() ? Segments.of(text) : Segments.NONE;
        return new NewMessage(
                ids.get(),
                event.accountId(),
                channel,
                event.type().priority().lane(),
                address,
                wording.sender(),
                text,
                null,
                wording.content(),
                segments.count(),
                segments.encoding(),
                sendAt,
                (sendAt == null ? event.now() : sendAt).plus(delay).truncatedTo(ChronoUnit.MILLIS),
                VALID_FOR,
                // A browser shows a second try instead of the first: docs/decisions/0025.
                channel == Channel.WEB_PUSH ? "resend" : "fail",
                null,
                null,
                null,
                Recourse.USUAL,
                TwilioExtras.NONE,
                about(event, wording.variant()));
    }

    private static NewMessage.Told about(PostedEvent event, @Nullable String variant) {
        return new NewMessage.Told(
                event.id(),
                event.userId(),
                event.type().name(),
                variant,
                Purpose.of(event.type()).word());
    }
}
