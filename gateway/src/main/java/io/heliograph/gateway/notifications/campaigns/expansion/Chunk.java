package io.heliograph.gateway.notifications.campaigns.expansion;

import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;

/**
 * A part of an audience.
 *
 * @param afterRow outside
 * @param lastRow inside
 * @param slotAt when the first may leave
 * @param gapSeconds how much later each of the others may
 */
record Chunk(Campaign campaign, int afterRow, int lastRow, OffsetDateTime slotAt, double gapSeconds) {
    static Chunk of(Row row) {
        return new Chunk(
                Campaign.of(row),
                row.getInteger("after_row"),
                row.getInteger("chunk_last_row"),
                row.getOffsetDateTime("slot_at"),
                row.getDouble("gap_seconds"));
    }

    UUID audienceId() {
        return Objects.requireNonNull(campaign.audienceId());
    }
}
