package io.heliograph.gateway.appointments.clinics;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What accounts say about their clinics. Works on a pool, and in the transaction of a connection. */
public final class ClinicStore {
    private static final String FIND = """
        SELECT account_id AS clinic_account_id, name AS clinic_name, phone AS clinic_phone, emergency_number AS clinic_emergency_number,
               time_zone AS clinic_time_zone, country AS clinic_country, notice_minutes AS clinic_notice_minutes,
               follow_up_minutes AS clinic_follow_up_minutes, notify AS clinic_notify
        FROM clinic WHERE account_id = $1""";

    private static final String PUT = """
        INSERT INTO clinic (account_id, name, phone, emergency_number, time_zone, country, notice_minutes, follow_up_minutes, notify,
                            updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (account_id) DO UPDATE
        SET name = $2, phone = $3, emergency_number = $4, time_zone = $5, country = $6, notice_minutes = $7, follow_up_minutes = $8,
            notify = $9, updated_at = $10""";

    private ClinicStore() {}

    /** Null where the account has none. */
    public static Future<@Nullable Clinic> find(SqlClient client, long accountId) {
        Future<RowSet<Row>> rows = client.preparedQuery(FIND).execute(Tuple.of(accountId));
        return rows.map(
                found -> found.size() == 0 ? null : Clinic.of(found.iterator().next()));
    }

    static Future<Void> put(SqlClient client, Clinic clinic, OffsetDateTime now) {
        Duration followUp = clinic.followUp();
        return client.preparedQuery(PUT)
                .execute(Tuple.tuple()
                        .addLong(clinic.accountId())
                        .addString(clinic.name())
                        .addString(clinic.phone())
                        .addString(clinic.emergencyNumber())
                        .addString(clinic.zone().getId())
                        .addString(clinic.country())
                        .addInteger((int) clinic.notice().toMinutes())
                        .addInteger(followUp == null ? null : (int) followUp.toMinutes())
                        .addArrayOfString(Clinic.words(clinic.channels()))
                        .addOffsetDateTime(now))
                .mapEmpty();
    }
}
