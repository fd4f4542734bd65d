package io.heliograph.gateway.notifications.hours;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hours in which nothing goes, by the clock of that place. */
public record Silence(QuietHours hours, ZoneId zone) {
    /** Days are alike, but for the two on which clocks are changed. */
    private static final Duration AHEAD_MAX = Duration.ofDays(3);

    public boolean isAt(Instant moment) {
        return hours.contain(moment.atZone(zone).toLocalTime());
    }

    /** The first moment from this one on in which none of them is; null when together they leave none. */
    public static @Nullable Instant firstWithout(List<Silence> silences, Instant from) {
        Instant moment = from;
        while (moment.isBefore(from.plus(AHEAD_MAX))) {
            Instant later = moment;
            for (Silence silence : silences) {
                later = silence.hours.endAfter(later, silence.zone);
            }
            if (later.equals(moment)) {
                return moment;
            }
            moment = later;
        }
        return null;
    }
}
