package io.heliograph.gateway.appointments.visits;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a patient is told. Its word is the name of the notification type whose templates say it. */
public enum NoticeKind {
    CONFIRMED("appointment_confirmed"),
    RESCHEDULED("appointment_rescheduled"),
    CANCELLED("appointment_cancelled"),
    COMPLETED("appointment_completed"),
    NO_SHOW("appointment_no_show"),
    REMINDER_24H("appointment_reminder_24h"),
    REMINDER_2H("appointment_reminder_2h"),
    FOLLOW_UP("follow_up");

    public static final List<String> WORDS =
            Arrays.stream(values()).map(NoticeKind::word).toList();

    private final String word;

    NoticeKind(String word) {
        this.word = word;
    }

    /** Of every change there is one; {@code from} is null for a booking. {@code appointment_notice_of} in the database is the same. */
    public static NoticeKind of(@Nullable Status from, Status to) {
        return switch (to) {
            case BOOKED -> from == Status.BOOKED ? RESCHEDULED : CONFIRMED;
            case CANCELLED -> CANCELLED;
            case COMPLETED -> COMPLETED;
            case NO_SHOW -> NO_SHOW;
        };
    }

    public String word() {
        return word;
    }

    public static NoticeKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No kind of notice"));
    }
}
