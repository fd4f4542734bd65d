package io.heliograph.gateway.notifications.hours;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A part of each day, over midnight where it ends before it begins. The person's clock says when it is: an hour that a clock
 * shows twice is quiet twice, one that it jumps over is not there.
 *
 * @param to the first moment that is not quiet
 */
public record QuietHours(LocalTime from, LocalTime to) {
    public QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("Nothing would be left of the day");
        }
    }

    boolean contain(LocalTime time) {
        boolean begun = !time.isBefore(from);
        boolean goesOn = time.isBefore(to);
        return from.isBefore(to) ? begun && goesOn : begun || goesOn;
    }

    /** When they are over that are at that moment; the moment itself when there are none. */
    Instant endAfter(Instant moment, ZoneId zone) {
        LocalDateTime there = LocalDateTime.ofInstant(moment, zone);
        if (!contain(there.toLocalTime())) {
            return moment;
        }
        LocalDateTime end = there.toLocalDate().atTime(to);
        return shows(end.isAfter(there) ? end : end.plusDays(1), moment, zone);
    }

    /** The first moment after that one at which the clock shows this time, or has jumped over it. */
    private static Instant shows(LocalDateTime time, Instant after, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(time);
        if (transition != null && transition.isGap()) {
            return transition.getInstant();
        }
        Stream<Instant> moments = zone.getRules().getValidOffsets(time).stream().map(time::toInstant);
        return moments.filter(moment -> moment.isAfter(after))
                .min(Comparator.naturalOrder())
                .orElse(after);
    }
}
