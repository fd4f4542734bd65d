package io.heliograph.gateway.booking.talk;

/** Something that was offered: what it means to us, and what it was called. It keeps its meaning until the person has chosen. */
public record Choice(String value, String label) {
    static final String DOCTOR = "doctor:";
    static final String SPECIALISATION = "specialisation:";
    static final String DAY = "day:";
    static final String TIME = "time:";
    static final String VISIT = "visit:";

    /** What follows the kind. */
    String of(String kind) {
        return value.substring(kind.length());
    }

    boolean is(String kind) {
        return value.startsWith(kind);
    }
}
