package io.heliograph.gateway.ledger;

import io.heliograph.contract.MessageStatus;
import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What was accepted and where it is.
 *
 * @param violations messages without the promise that they should have, and promises without their message: always 0
 */
record LedgerCounts(
        long accepted,
        JsonObject byStatus,
        long promisesOutstanding,
        @Nullable OffsetDateTime oldestPromise,
        long violations) {
    JsonObject json() {
        return balance().put("oldest_promise_at", Times.text(oldestPromise));
    }

    /** Both sides, and whether they are equal. */
    JsonObject balance() {
        JsonObject complete = new JsonObject();
        long settled = 0;
        for (MessageStatus status : MessageStatus.values()) {
            long count = byStatus.getLong(status.word(), 0L);
            complete.put(status.word(), count);
            settled += status.isSettled() ? count : 0;
        }
        return new JsonObject()
                .put("accepted", accepted)
                .put("settled", settled)
                .put("by_status", complete)
                .put("promises_outstanding", promisesOutstanding)
                .put("violations", violations)
                .put("balanced", violations == 0 && accepted == settled + promisesOutstanding);
    }
}
