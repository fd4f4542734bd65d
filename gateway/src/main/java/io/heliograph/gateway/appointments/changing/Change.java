package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.notices.Notices;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.heliograph.gateway.appointments.visits.Reminder;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a visit. There is none without what the patient is told of it, and it is told of this change: whoever forgets it cannot make
 * one, and the database takes none either.
 *
 * @param before null for a booking
 * @param reminders all that are to come after it
 */
record Change(
        @Nullable Appointment before,
        Appointment after,
        By by,
        OffsetDateTime at,
        Notices notices,
        List<Reminder> reminders) {

    Change {
        reminders = List.copyOf(reminders);
        NoticeKind kind = NoticeKind.of(before == null ? null : before.status(), after.status());
        if (notices.kind() != kind || !notices.visit().equals(after)) {
            throw new IllegalArgumentException("The notice tells of something else");
        }
    }

    /** Where that was told already. */
    Change without(NoticeKind told) {
        return new Change(
                before,
                after,
                by,
                at,
                notices,
                reminders.stream().filter(reminder -> reminder.kind() != told).toList());
    }
}
