package io.heliograph.gateway.appointments.reading;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads visits with where they are. */
final class ReadStore {
    private static final String FIND = """
        SELECT a.*, p.* FROM appointment a JOIN place p USING (doctor_no)
        WHERE a.account_id = $1 AND (a.id = $2 OR a.booking_id = $3)""";

    private static final String LIST = """
        SELECT a.*, p.* FROM appointment a JOIN place p USING (doctor_no)
        WHERE a.account_id = $1
          AND ($2::text IS NULL OR a.status = $2) AND ($3::text IS NULL OR p.doctor_id = $3)
          AND ($4::timestamptz IS NULL OR a.starts_at >= $4) AND ($5::timestamptz IS NULL OR a.starts_at < $5)
          AND ($6::text IS NULL OR a.user_id = $6) AND ($7::text IS NULL OR a.patient_phone = $7)
          AND ($8::timestamptz IS NULL OR (a.starts_at, a.id) > ($8, $9))
        ORDER BY a.starts_at, a.id LIMIT $10""";

    private static final String HISTORY =
            "SELECT * FROM appointment_history WHERE appointment_id = $1 ORDER BY revision";

    private static final String REMINDERS =
            "SELECT * FROM appointment_reminder WHERE appointment_id = $1 ORDER BY due_at";

    private final Pool pool;

    ReadStore(Pool pool) {
        this.pool = pool;
    }

    /** Null where there is none. One of the two names it. */
    Future<@Nullable Row> find(long accountId, @Nullable UUID id, @Nullable String bookingId) {
        Future<RowSet<Row>> rows = pool.preparedQuery(FIND).execute(Tuple.of(accountId, id, bookingId));
        return rows.map(found -> found.size() == 0 ? null : found.iterator().next());
    }

    Future<List<Row>> list(long accountId, AppointmentFilter filter) {
        AppointmentFilter.Cursor after = filter.after();
        return pool.preparedQuery(LIST)
                .execute(Tuple.tuple()
                        .addLong(accountId)
                        .addString(filter.status())
                        .addString(filter.doctor())
                        .addOffsetDateTime(time(filter.from()))
                        .addOffsetDateTime(time(filter.to()))
                        .addString(filter.user())
                        .addString(filter.phone())
                        .addOffsetDateTime(after == null ? null : after.startsAt())
                        .addUUID(after == null ? null : after.id())
                        .addInteger(filter.limit()))
                .map(rows -> {
                    List<Row> list = new ArrayList<>(rows.size());
                    rows.forEach(list::add);
                    return list;
                });
    }

    Future<JsonArray> history(UUID id) {
        return all(HISTORY, id, AppointmentView::change);
    }

    Future<JsonArray> reminders(UUID id) {
        return all(REMINDERS, id, AppointmentView::reminder);
    }

    private Future<JsonArray> all(String statement, UUID id, Function<Row, JsonObject> view) {
        return pool.preparedQuery(statement).execute(Tuple.of(id)).map(rows -> {
            JsonArray all = new JsonArray();
            rows.forEach(row -> all.add(view.apply(row)));
            return all;
        });
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
