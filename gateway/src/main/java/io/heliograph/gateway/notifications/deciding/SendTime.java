package io.heliograph.gateway.notifications.deciding;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.NotificationType.Priority;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.hours.PromotionalHours;
import io.heliograph.gateway.notifications.hours.QuietHours;
import io.heliograph.gateway.notifications.hours.Silence;
import io.heliograph.gateway.notifications.settings.Settings;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a user may be told of something: not in their quiet hours, and of promotions only when the law allows it. Pure. */
public sealed interface SendTime {
    record Now() implements SendTime {}

    record Later(OffsetDateTime at, Reason reason) implements SendTime {}

    /** The hours in which nothing may go leave none, or the user does not want it any more. */
    record Never(Reason reason) implements SendTime {}

    /** {@code where} is null where nobody asked: see {@link #matters}. */
    static SendTime of(PostedEvent event, NotificationChannel channel, @Nullable Whereabouts where, Settings settings) {
        if (where == null || event.type().priority() == Priority.CRITICAL || !channel.interrupts()) {
            return new Now();
        }
        Instant now = event.now().toInstant();
        List<Silence> lawful = lawful(event.type(), channel, where, where.zones(), settings);
        Instant first = Silence.firstWithout(silences(event.type(), channel, where, where.zones(), settings), now);
        if (first == null && where.zones().size() > 1) {
            List<ZoneId> one = List.of(where.ofAccount());
            first = Silence.firstWithout(silences(event.type(), channel, where, one, settings), now);
        }
        Reason reason =
                lawful.stream().anyMatch(silence -> silence.isAt(now)) ? Reason.PROMOTIONAL_HOURS : Reason.QUIET_HOURS;
        if (first == null) {
            return new Never(reason);
        }
        return first.equals(now) ? new Now() : new Later(first.atOffset(ZoneOffset.UTC), reason);
    }

    /** Whether it may depend on where the user is. */
    static boolean matters(NotificationType type, Settings settings) {
        return type.priority() == Priority.PROMOTIONAL
                || (type.priority() != Priority.CRITICAL
                        && !settings.quietHours().isEmpty());
    }

    private static List<Silence> silences(
            NotificationType type,
            NotificationChannel channel,
            Whereabouts where,
            List<ZoneId> zones,
            Settings settings) {
        List<Silence> silences = new ArrayList<>(lawful(type, channel, where, zones, settings));
        QuietHours quiet = settings.quiet(type.category(), where.country());
        if (quiet != null) {
            zones.forEach(zone -> silences.add(new Silence(quiet, zone)));
        }
        return silences;
    }

    private static List<Silence> lawful(
            NotificationType type,
            NotificationChannel channel,
            Whereabouts where,
            List<ZoneId> zones,
            Settings settings) {
        boolean holds = type.priority() == Priority.PROMOTIONAL
                && channel.goesToNumber()
                && !settings.promotionalHoursOff().contains(where.country());
        return holds ? PromotionalHours.silences(where.country(), zones) : List.of();
    }
}
