package io.heliograph.gateway.booking.hearing;

import java.time.LocalTime;
import java.util.List;

/** Which time of day a text speaks of. */
public sealed interface HeardTime {
    /** Two where it was not said whether before or after noon. */
    record At(List<LocalTime> times) implements HeardTime {
        public At {
            times = List.copyOf(times);
        }
    }

    /** From this hour on, and before that one; 24 is the end of the day. */
    record During(int fromHour, int toHour) implements HeardTime {
        public boolean holds(LocalTime time) {
            return time.getHour() >= fromHour && time.getHour() < toHour;
        }
    }

    record Nothing() implements HeardTime {}
}
