package io.heliograph.bench.report;

import java.util.Locale;

/** What a figure has to be. */
public sealed interface Asked {
    /** So many times the yardstick Y, or more. */
    record TimesY(double factor) implements Asked {}

    record AtMost(double limit) implements Asked {}

    record AtLeast(double limit) implements Asked {}

    /** Reported only. */
    record Nothing() implements Asked {}

    default boolean isMetBy(double measured, double y) {
        return switch (this) {
            case TimesY times -> measured >= times.factor * y;
            case AtMost most -> measured <= most.limit;
            case AtLeast least -> measured >= least.limit;
            case Nothing _ -> true;
        };
    }

    default String text() {
        return switch (this) {
            case TimesY times -> String.format(Locale.ROOT, ">= %.2f x Y", times.factor);
            case AtMost most -> String.format(Locale.ROOT, "<= %.4g", most.limit);
            case AtLeast least -> String.format(Locale.ROOT, ">= %.4g", least.limit);
            case Nothing _ -> "";
        };
    }
}
