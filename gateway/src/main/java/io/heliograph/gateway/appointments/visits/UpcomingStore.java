package io.heliograph.gateway.appointments.visits;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Finds the visits that a person still has before them. */
public final class UpcomingStore {
    // By the number that the visit was booked with, or that of the user who it is for.
    private static final String FIND = """
        SELECT * FROM (
          SELECT * FROM appointment WHERE account_id = $1 AND patient_phone = $2 AND status = 'booked' AND starts_at > $3
          UNION ALL
          SELECT a.* FROM app_user u JOIN appointment a ON a.account_id = u.account_id AND a.user_id = u.id
          WHERE u.account_id = $1 AND u.phone = $2 AND a.patient_phone IS NULL AND a.status = 'booked' AND a.starts_at > $3
        ) a
        ORDER BY starts_at, id LIMIT $4""";

    private UpcomingStore() {}

    /** The next ones first. */
    public static Future<List<Appointment>> find(
            SqlClient client, long accountId, String phone, OffsetDateTime now, int max) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(accountId, phone, now, max))
                .map(rows -> {
                    List<Appointment> found = new ArrayList<>(rows.size());
                    rows.forEach(row -> found.add(Appointment.of(row)));
                    return found;
                });
    }
}
