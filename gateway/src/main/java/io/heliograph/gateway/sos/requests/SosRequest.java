package io.heliograph.gateway.sos.requests;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.sos.donors.BloodGroup;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Blood that a patient needs.
 *
 * @param patient a user
 * @param area where in the city
 * @param endedAt null while it is open
 * @param contact in E.164: where the patient is told of donors, if not by their own number
 */
public record SosRequest(
        UUID id,
        long accountId,
        String patient,
        BloodGroup group,
        int units,
        String city,
        String cityKey,
        @Nullable String area,
        @Nullable String hospital,
        @Nullable String contact,
        Urgency urgency,
        RequestStatus status,
        String token,
        OffsetDateTime tokenExpiresAt,
        @Nullable OffsetDateTime endedAt) {

    /** Of a row of the table. */
    public static SosRequest of(Row row) {
        return new SosRequest(
                row.getUUID("id"),
                row.getLong("account_id"),
                row.getString("patient_id"),
                Objects.requireNonNull(BloodGroup.of(row.getString("blood_group"))),
                row.getInteger("units"),
                row.getString("city"),
                row.getString("city_key"),
                row.getString("area"),
                row.getString("hospital"),
                row.getString("contact"),
                Urgency.of(row.getString("priority")),
                RequestStatus.of(row.getString("status")),
                row.getString("token"),
                row.getOffsetDateTime("token_expires_at"),
                row.getOffsetDateTime("ended_at"));
    }

    /** The id in a path. Throws the problem that there is no such request. */
    public static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException _) {
            throw none().exception();
        }
    }

    public static Problem none() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no request with this id.");
    }

    /** Names the request, and nobody. */
    @Override
    public String toString() {
        return "request " + id;
    }
}
