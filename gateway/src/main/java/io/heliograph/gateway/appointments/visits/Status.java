package io.heliograph.gateway.appointments.visits;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a visit stands. {@code appointment_may_move} in the database is the same table. */
public enum Status {
    BOOKED,
    CANCELLED,
    COMPLETED,
    NO_SHOW;

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Status::word).toList();

    /** Where anybody may move it who may change visits at all; from booked to booked it moves to another time. */
    public List<Status> moves() {
        return this == BOOKED ? List.of(BOOKED, CANCELLED, COMPLETED, NO_SHOW) : List.of();
    }

    /** Where an administrator may set it: what went wrong at the desk is put right. */
    public List<Status> administratorMoves() {
        return switch (this) {
            case BOOKED -> List.of(CANCELLED, COMPLETED, NO_SHOW);
            case CANCELLED -> List.of(BOOKED);
            case COMPLETED -> List.of(NO_SHOW);
            case NO_SHOW -> List.of(COMPLETED);
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
