package io.heliograph.gateway.booking.hearing;

import java.time.LocalDate;
import java.util.List;

/** Which day a text speaks of. */
public sealed interface HeardDay {
    /** This one; {@code rest} is what else was said, in which there may be a time. */
    record On(LocalDate day, String rest) implements HeardDay {}

    /** One of several, in their order, and it was not said which. */
    record OneOf(List<LocalDate> days) implements HeardDay {
        public OneOf {
            days = List.copyOf(days);
        }
    }

    record Past(LocalDate day) implements HeardDay {}

    /** The thirty-first of February. */
    record NoSuch() implements HeardDay {}

    record Nothing() implements HeardDay {}
}
