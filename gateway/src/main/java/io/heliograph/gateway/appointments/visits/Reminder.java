package io.heliograph.gateway.appointments.visits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that is to be told of a visit before or after it. */
public record Reminder(NoticeKind kind, Instant dueAt) {
    private static final Duration DAY_BEFORE = Duration.ofHours(24);
    private static final Duration SHORTLY_BEFORE = Duration.ofHours(2);
    /** Whoever has just heard of a visit is not reminded of it. */
    private static final Duration SILENCE = Duration.ofMinutes(30);

    /**
     * All that still makes sense after a change. A visit of which nobody says how it ended is followed up as one that took place.
     *
     * @param followUp how long after the visit; null: not at all
     */
    public static List<Reminder> of(Appointment after, Instant changedAt, @Nullable Duration followUp) {
        List<Reminder> reminders = new ArrayList<>();
        switch (after.status()) {
            case BOOKED -> {
                add(reminders, NoticeKind.REMINDER_24H, after.slot().startsAt().minus(DAY_BEFORE), changedAt);
                add(reminders, NoticeKind.REMINDER_2H, after.slot().startsAt().minus(SHORTLY_BEFORE), changedAt);
                if (followUp != null) {
                    reminders.add(new Reminder(
                            NoticeKind.FOLLOW_UP, after.slot().endsAt().plus(followUp)));
                }
            }
            case COMPLETED -> {
                if (followUp != null) {
                    reminders.add(new Reminder(NoticeKind.FOLLOW_UP, changedAt.plus(followUp)));
                }
            }
            case CANCELLED, NO_SHOW -> {}
        }
        return reminders;
    }

    /** Until when it is worth sending; null: it does not matter. One that comes late gives way to the next. */
    public static @Nullable Instant usefulUntil(NoticeKind kind, Appointment visit) {
        return switch (kind) {
            case REMINDER_24H -> visit.slot().startsAt().minus(SHORTLY_BEFORE);
            case REMINDER_2H -> visit.slot().startsAt();
            default -> null;
        };
    }

    private static void add(List<Reminder> reminders, NoticeKind kind, Instant dueAt, Instant changedAt) {
        if (dueAt.isAfter(changedAt.plus(SILENCE))) {
            reminders.add(new Reminder(kind, dueAt));
        }
    }
}
