package io.heliograph.gateway.sos.requests;

import io.heliograph.contract.Lane;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How soon blood is needed. Its word is part of answers and stored: it may not change. */
public enum Urgency {
    /** Donors may sleep. */
    NORMAL,
    /** They are woken. */
    URGENT,
    /** And nothing else goes before it. */
    CRITICAL;

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Urgency::word).toList();

    /** Of the alerts. */
    public Lane lane() {
        return this == CRITICAL ? Lane.CRITICAL : Lane.NORMAL;
    }

    public boolean passesQuietHours() {
        return this != NORMAL;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Urgency of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
