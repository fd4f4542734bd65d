package io.heliograph.gateway.notifications.posting;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.Segments;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType.Priority;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.heliograph.gateway.notifications.posting.Decision.Reason;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Recourse;
import io.heliograph.gateway.outbox.TwilioExtras;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the message that tells a user of an event by one channel, or says why there can be none. */
public final class Tell {
    /** Exactly one of the two. */
    record Told(@Nullable NewMessage message, @Nullable Reason reason) {
        static Told of(Reason reason) {
            return new Told(null, reason);
        }
    }

    private static final Duration VALID_FOR = Duration.ofDays(3);

    private final Estimates estimates;
    private final Supplier<UUID> ids;

    public Tell(Estimates estimates, Supplier<UUID> ids) {
        this.estimates = estimates;
        this.ids = ids;
    }

    Told of(PostedEvent event, NotificationChannel by, Decision.Tell decision) {
        Channel channel = by.message();
        if (channel == null) {
            throw new IllegalArgumentException(by + " takes no message");
        }
        Template.Rendered rendered = decision.template().render(event.data().getMap());
        if (rendered.text().length() > MessageFields.textLengthMax(channel)) {
            return Told.of(Reason.TEXT_TOO_LONG);
        }
        Lane lane = lane(event.type().priority());
        Duration delay = estimates.delay(event.accountId(), channel, decision.address(), lane);
        if (delay.compareTo(VALID_FOR) >= 0) {
            return Told.of(Reason.WOULD_EXPIRE);
        }
        Segments segments = channel == Channel.EMAIL ? Segments.NONE : Segments.of(rendered.text());
        return new Told(
                new NewMessage(
                        ids.get(),
                        event.accountId(),
                        channel,
                        lane,
                        decision.address(),
                        null,
                        rendered.text(),
                        null,
                        content(rendered),
                        segments.count(),
                        segments.encoding(),
                        null,
                        event.now().plus(delay).truncatedTo(ChronoUnit.MILLIS),
                        VALID_FOR,
                        "fail",
                        null,
                        null,
                        null,
                        Recourse.USUAL,
                        TwilioExtras.NONE,
                        new NewMessage.Told(
                                event.id(),
                                event.userId(),
                                event.type().name(),
                                null,
                                Purpose.of(event.type()).word())),
                null);
    }

    private static @Nullable JsonObject content(Template.Rendered rendered) {
        JsonObject content = new JsonObject();
        if (rendered.title() != null) {
            content.put("subject", rendered.title());
        }
        if (rendered.html() != null) {
            content.put("html", rendered.html());
        }
        return content.isEmpty() ? null : content;
    }

    private static Lane lane(Priority priority) {
        return switch (priority) {
            case CRITICAL -> Lane.CRITICAL;
            case REGULAR -> Lane.NORMAL;
            case PROMOTIONAL -> Lane.BULK;
        };
    }
}
