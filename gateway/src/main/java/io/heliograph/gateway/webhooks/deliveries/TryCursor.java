package io.heliograph.gateway.webhooks.deliveries;

import io.vertx.sqlclient.Row;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where in the log of tries a page has ended. Written {@code <time>_<delivery>_<n>}. */
record TryCursor(OffsetDateTime triedAt, UUID deliveryId, short n) {
    private static final int PARTS = 3;

    static TryCursor of(Row row) {
        return new TryCursor(row.getOffsetDateTime("tried_at"), row.getUUID("delivery_id"), row.getShort("n"));
    }

    /** Null when it is none. */
    static @Nullable TryCursor parse(String text) {
        String[] parts = text.split("_", -1);
        try {
            if (parts.length != PARTS) {
                return null;
            }
            OffsetDateTime triedAt = OffsetDateTime.parse(parts[0]);
            Instant time = triedAt.toInstant();
            return time.isBefore(TryFilter.TIME_MIN) || time.isAfter(TryFilter.TIME_MAX)
                    ? null
                    : new TryCursor(triedAt, UUID.fromString(parts[1]), Short.parseShort(parts[2]));
        } catch (DateTimeException | IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return triedAt.toInstant() + "_" + deliveryId + "_" + n;
    }
}
