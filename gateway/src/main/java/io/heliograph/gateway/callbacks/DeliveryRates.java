package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.callbacks.CallbackStore.Stored;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts which receipts were good news, by provider, and puts the sums into the database every so often. */
public final class DeliveryRates {
    private record Count(LongAdder delivered, LongAdder undelivered) {
        Count() {
            this(new LongAdder(), new LongAdder());
        }
    }

    private final DeliveryRateStore store;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    public DeliveryRates(Pool pool) {
        this.store = new DeliveryRateStore(pool);
    }

    void count(Stored stored) {
        if (stored instanceof Stored.Moved moved && moved.provider() != null) {
            Count count = counts.computeIfAbsent(moved.provider(), _ -> new Count());
            switch (moved.status()) {
                case "delivered", "read" -> count.delivered().increment();
                case "undelivered", "failed" -> count.undelivered().increment();
                // On its way.
                default -> {}
            }
        }
    }

    /** What a gateway has counted when it dies is lost: it is a rate, not a ledger. */
    public Future<Void> tell() {
        List<Future<Void>> told = new ArrayList<>();
        counts.forEach((provider, count) -> {
            long delivered = count.delivered().sumThenReset();
            long undelivered = count.undelivered().sumThenReset();
            if (delivered + undelivered > 0) {
                told.add(store.add(provider, delivered, undelivered));
            }
        });
        return Future.join(told).mapEmpty();
    }
}
