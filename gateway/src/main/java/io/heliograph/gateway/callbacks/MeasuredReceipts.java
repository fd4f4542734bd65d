package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.callbacks.CallbackStore.Stored;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores receipts, counts what became of them, and writes one line for each group. */
final class MeasuredReceipts {
    private static final Logger log = LoggerFactory.getLogger(MeasuredReceipts.class);

    private final Pool pool;
    private final CallbackMeters meters;

    MeasuredReceipts(Pool pool, CallbackMeters meters) {
        this.pool = pool;
        this.meters = meters;
    }

    Future<List<Stored>> storeAndApply(List<Receipt> receipts) {
        long startedNanos = System.nanoTime();
        return CallbackStore.storeAndApply(pool, receipts).onSuccess(stored -> {
            stored.forEach(meters::count);
            log.atInfo()
                    .addKeyValue("receipts", stored.size())
                    .addKeyValue("moved", count(stored, Stored.Moved.class::isInstance))
                    .addKeyValue("parked", count(stored, Stored.Parked.class::isInstance))
                    .addKeyValue("duplicates", count(stored, Stored.Duplicate.class::isInstance))
                    .addKeyValue("message_id", receipts.getFirst().about().messageId())
                    .addKeyValue(
                            "commit_ms",
                            Duration.ofNanos(System.nanoTime() - startedNanos).toMillis())
                    .log("Applied receipts");
        });
    }

    private static long count(List<Stored> stored, Predicate<Stored> what) {
        return stored.stream().filter(what).count();
    }
}
