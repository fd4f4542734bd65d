package io.heliograph.gateway.notifications.deciding;

import io.heliograph.gateway.notifications.catalog.NotificationType.Priority;
import io.heliograph.gateway.notifications.settings.Settings;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What counts the notifications of a user in a day or a month of their own.
 *
 * @param category "" for all of them
 */
public record CapCounter(long accountId, String userId, String category, Period period, LocalDate startsOn) {
    public enum Period {
        DAY,
        MONTH;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** At the most so many. */
    public record Limit(CapCounter counter, int max) {}

    /** Those that hold for an event that is told at that moment; none for what is critical. */
    public static List<Limit> limits(PostedEvent event, OffsetDateTime told, Whereabouts where, Settings settings) {
        if (!matter(event, settings)) {
            return List.of();
        }
        LocalDate day = told.atZoneSameInstant(where.zone()).toLocalDate();
        List<Limit> limits = new ArrayList<>();
        for (Settings.Cap cap : settings.caps()) {
            if (cap.isFor(event.type().category())) {
                if (cap.daily() != null) {
                    limits.add(new Limit(of(event, cap, Period.DAY, day), cap.daily()));
                }
                if (cap.monthly() != null) {
                    limits.add(new Limit(of(event, cap, Period.MONTH, day.withDayOfMonth(1)), cap.monthly()));
                }
            }
        }
        return limits;
    }

    public static boolean matter(PostedEvent event, Settings settings) {
        return !settings.caps().isEmpty() && event.type().priority() != Priority.CRITICAL;
    }

    private static CapCounter of(PostedEvent event, Settings.Cap cap, Period period, LocalDate startsOn) {
        return new CapCounter(event.accountId(), event.userId(), cap.category(), period, startsOn);
    }
}
