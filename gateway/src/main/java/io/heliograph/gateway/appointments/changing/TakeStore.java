package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.clinics.Clinic;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the places of new visits: many in one statement. The constraint decides who gets one that several want. */
final class TakeStore {
    // In the order of whom and when, so that two gateways that take the same places wait for each other in one
    // direction.
    // What notify holds comes as one text, because an array of arrays has one length.
    private static final String TAKE = """
        INSERT INTO appointment (id, account_id, booking_id, status, revision, doctor_no, starts_at, ends_at, user_id, patient_name,
                                 patient_phone, patient_email, patient_locale, notify, notes, created_at, updated_at)
        SELECT id, account_id, booking_id, 'booked', 1, doctor_no, starts_at, ends_at, user_id, patient_name, patient_phone,
               patient_email, patient_locale, string_to_array(notify, ' '), notes, created_at, created_at
        FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[],
                    $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::timestamptz[])
          AS a (id, account_id, booking_id, doctor_no, starts_at, ends_at, user_id, patient_name, patient_phone, patient_email,
                patient_locale, notify, notes, created_at)
        ORDER BY doctor_no, starts_at, id
        ON CONFLICT ON CONSTRAINT doctor_sees_one_patient_at_a_time DO NOTHING
        RETURNING id""";

    private TakeStore() {}

    /** Those that got theirs. */
    static Future<Set<UUID>> take(SqlClient client, List<Appointment> visits) {
        return client.preparedQuery(TAKE).execute(columns(visits)).map(rows -> {
            Set<UUID> taken = HashSet.newHashSet(rows.size());
            rows.forEach(row -> taken.add(row.getUUID("id")));
            return taken;
        });
    }

    private static Tuple columns(List<Appointment> visits) {
        return Tuple.tuple()
                .addArrayOfUUID(visits.stream().map(Appointment::id).toArray(UUID[]::new))
                .addArrayOfLong(visits.stream().map(Appointment::accountId).toArray(Long[]::new))
                .addArrayOfString(texts(visits, Appointment::bookingId))
                .addArrayOfLong(visits.stream().map(Appointment::doctorNo).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(times(visits, Appointment::startsAt))
                .addArrayOfOffsetDateTime(times(visits, Appointment::endsAt))
                .addArrayOfString(texts(visits, visit -> visit.patient().userId()))
                .addArrayOfString(texts(visits, visit -> visit.patient().name()))
                .addArrayOfString(texts(visits, visit -> visit.patient().phone()))
                .addArrayOfString(texts(visits, visit -> visit.patient().email()))
                .addArrayOfString(texts(visits, visit -> visit.patient().locale()))
                .addArrayOfString(texts(visits, visit -> String.join(" ", Clinic.words(visit.channels()))))
                .addArrayOfString(texts(visits, Appointment::notes))
                .addArrayOfOffsetDateTime(times(visits, Appointment::createdAt));
    }

    private static String[] texts(List<Appointment> visits, Function<Appointment, @Nullable String> text) {
        return visits.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<Appointment> visits, Function<Appointment, OffsetDateTime> time) {
        return visits.stream().map(time).toArray(OffsetDateTime[]::new);
    }
}
