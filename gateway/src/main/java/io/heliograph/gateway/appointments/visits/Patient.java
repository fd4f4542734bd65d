package io.heliograph.gateway.appointments.visits;

import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * Who visits.
 *
 * @param userId null for whoever is no user of the account
 * @param phone in E.164; of a user only where it is another one than theirs, and so the email and the locale
 */
public record Patient(
        String name,
        @Nullable String userId,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String locale) {

    static Patient of(Row row) {
        return new Patient(
                row.getString("patient_name"),
                row.getString("user_id"),
                row.getString("patient_phone"),
                row.getString("patient_email"),
                row.getString("patient_locale"));
    }

    /** Names nobody. */
    @Override
    public String toString() {
        return "patient";
    }
}
