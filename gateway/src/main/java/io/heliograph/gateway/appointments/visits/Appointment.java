package io.heliograph.gateway.appointments.visits;

import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A visit to a doctor.
 *
 * @param bookingId what people call it
 * @param revision of its last change; the booking is 1
 * @param channels by what the patient is told of it
 */
public record Appointment(
        UUID id,
        long accountId,
        String bookingId,
        long doctorNo,
        Status status,
        int revision,
        Slot slot,
        Patient patient,
        List<NotificationChannel> channels,
        @Nullable String notes,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    public Appointment {
        channels = List.copyOf(channels);
    }

    /** Of a row of the table. */
    public static Appointment of(Row row) {
        return new Appointment(
                row.getUUID("id"),
                row.getLong("account_id"),
                row.getString("booking_id"),
                row.getLong("doctor_no"),
                Status.of(row.getString("status")),
                row.getInteger("revision"),
                new Slot(
                        row.getOffsetDateTime("starts_at").toInstant(),
                        row.getOffsetDateTime("ends_at").toInstant()),
                Patient.of(row),
                Stream.of(row.getArrayOfStrings("notify"))
                        .map(NotificationChannel::of)
                        .toList(),
                row.getString("notes"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"));
    }

    public OffsetDateTime startsAt() {
        return slot.startsAt().atOffset(ZoneOffset.UTC);
    }

    public OffsetDateTime endsAt() {
        return slot.endsAt().atOffset(ZoneOffset.UTC);
    }

    /** After another change. */
    public Appointment next(Status to, Slot at, OffsetDateTime when) {
        return new Appointment(
                id, accountId, bookingId, doctorNo, to, revision + 1, at, patient, channels, notes, createdAt, when);
    }

    /** Names the visit, and nobody. */
    @Override
    public String toString() {
        return "appointment " + id;
    }
}
