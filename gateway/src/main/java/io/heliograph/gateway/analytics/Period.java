package io.heliograph.gateway.analytics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How finely time is told apart, by the clock of the time zone that is asked for. */
enum Period {
    HOUR("YYYY-MM-DD\"T\"HH24:00"),
    DAY("YYYY-MM-DD"),
    MONTH("YYYY-MM");

    static final List<String> WORDS = Arrays.stream(values()).map(Period::word).toList();

    private final String form;

    Period(String form) {
        this.form = form;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As PostgreSQL writes it: alphabetical order is the order of time. */
    String form() {
        return form;
    }
}
