package io.heliograph.gateway.appointments.notices;

import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.NoticeKind;
import java.util.List;

/** What a patient is told of one thing, by each of their channels; by one at least. */
public record Notices(NoticeKind kind, Appointment visit, List<Notice> each) {
    public Notices {
        each = List.copyOf(each);
        if (each.isEmpty()) {
            throw new IllegalArgumentException("Nobody is told");
        }
    }
}
