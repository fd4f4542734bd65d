package io.heliograph.gateway.appointments.clinics;

import io.heliograph.gateway.appointments.schedules.Schedule;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Doctors, and when somebody is with them. Works on a pool, and in the transaction of a connection. */
public final class DoctorStore {
    private static final String FIND = "SELECT * FROM place WHERE doctor_account_id = $1 AND doctor_id = $2";

    private static final String FIND_OF_VISIT = "SELECT * FROM place WHERE doctor_no = $1";

    private static final String LIST = """
        SELECT * FROM place
        WHERE doctor_account_id = $1 AND doctor_id > $2
          AND ($3::text IS NULL OR lower(doctor_specialisation) = lower($3)) AND ($4::boolean IS NULL OR doctor_active = $4)
        ORDER BY doctor_id LIMIT $5""";

    private static final String PUT = """
        INSERT INTO doctor AS d (account_id, id, name, specialisation, slot_minutes, hours, holidays, active, created_at, updated_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $9 FROM clinic WHERE account_id = $1
        ON CONFLICT (account_id, id) DO UPDATE
        SET name = $3, specialisation = $4, slot_minutes = $5, hours = $6, holidays = $7, active = $8, updated_at = $9
        RETURNING d.created_at = d.updated_at AS is_new""";

    private static final String RETIRE =
            "UPDATE doctor SET active = false, updated_at = $3 WHERE account_id = $1 AND id = $2";

    // By the index of the constraint that keeps two visits apart.
    private static final String TAKEN = """
        SELECT starts_at, ends_at FROM appointment
        WHERE visit_box(doctor_no, starts_at, ends_at) && visit_box($1, $2, $3) AND status <> 'cancelled'""";

    private DoctorStore() {}

    /** Null where there is no such doctor. */
    public static Future<@Nullable Place> find(SqlClient client, long accountId, String id) {
        Future<RowSet<Row>> rows = client.preparedQuery(FIND).execute(Tuple.of(accountId, id));
        return rows.map(
                found -> found.size() == 0 ? null : Place.of(found.iterator().next()));
    }

    /** Where a visit is. */
    public static Future<Place> ofVisit(SqlClient client, long doctorNo) {
        return client.preparedQuery(FIND_OF_VISIT)
                .execute(Tuple.of(doctorNo))
                .map(rows -> Place.of(rows.iterator().next()));
    }

    /**
     * In the order of their ids.
     *
     * @param specialisation in any letters; null: all
     * @param active null: whether or not
     */
    public static Future<List<Place>> list(
            SqlClient client,
            long accountId,
            String afterId,
            @Nullable String specialisation,
            @Nullable Boolean active,
            int limit) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(accountId, afterId, specialisation, active, limit))
                .map(rows -> {
                    List<Place> places = new ArrayList<>(rows.size());
                    rows.forEach(row -> places.add(Place.of(row)));
                    return places;
                });
    }

    /** Whether it is a new one; null where the account has no clinic yet. */
    static Future<@Nullable Boolean> put(SqlClient client, Doctor doctor, OffsetDateTime now) {
        Future<RowSet<Row>> rows = client.preparedQuery(PUT)
                .execute(Tuple.tuple()
                        .addLong(doctor.accountId())
                        .addString(doctor.id())
                        .addString(doctor.name())
                        .addString(doctor.specialisation())
                        .addInteger((int) doctor.slot().toMinutes())
                        .addValue(doctor.hoursJson())
                        .addValue(doctor.holidaysJson())
                        .addBoolean(doctor.active())
                        .addOffsetDateTime(now));
        return rows.map(
                found -> found.size() == 0 ? null : found.iterator().next().getBoolean("is_new"));
    }

    /** Whether there is such a doctor. */
    static Future<Boolean> retire(SqlClient client, long accountId, String id, OffsetDateTime now) {
        return client.preparedQuery(RETIRE)
                .execute(Tuple.of(accountId, id, now))
                .map(rows -> rows.rowCount() > 0);
    }

    /**
     * The slots of the doctor that begin between the two and that nobody has, at the most so many; none that are in the past, or too far
     * ahead to be booked.
     */
    public static Future<List<Slot>> free(
            SqlClient client, Place place, Instant now, Instant from, Instant until, int max) {
        return read(
                client,
                place,
                now,
                new Slot(from, until),
                (time, taken) -> place.schedule().free(time.startsAt(), time.endsAt(), taken, max));
    }

    /** The first of each day that has one, of so many days at the most. */
    public static Future<List<Slot>> firstFree(
            SqlClient client, Place place, Instant now, Instant from, Instant until, int daysMax) {
        return read(
                client,
                place,
                now,
                new Slot(from, until),
                (time, taken) -> place.schedule().firstFree(time.startsAt(), time.endsAt(), taken, daysMax));
    }

    /** {@code choose} is told of which time can be chosen, and what is taken of it. */
    private static Future<List<Slot>> read(
            SqlClient client, Place place, Instant now, Slot asked, BiFunction<Slot, List<Slot>, List<Slot>> choose) {
        Instant last = now.plus(Schedule.AHEAD_MAX);
        Instant begin = asked.startsAt().isBefore(now) ? now : asked.startsAt();
        Instant end = asked.endsAt().isAfter(last) ? last : asked.endsAt();
        if (!begin.isBefore(end) || !place.doctor().active()) {
            return Future.succeededFuture(List.of());
        }
        Instant covered = end.plus(place.doctor().slot());
        return client.preparedQuery(TAKEN)
                .execute(
                        Tuple.of(place.doctor().no(), begin.atOffset(ZoneOffset.UTC), covered.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    List<Slot> taken = new ArrayList<>(rows.size());
                    rows.forEach(row -> taken.add(new Slot(
                            row.getOffsetDateTime("starts_at").toInstant(),
                            row.getOffsetDateTime("ends_at").toInstant())));
                    return choose.apply(new Slot(begin, end), taken);
                });
    }
}
