package io.heliograph.broker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One envelope on its way; the first word about it is the last. */
final class PendingEnvelope {
    private final QueuedEnvelope envelope;
    private final BrokerMeters meters;
    private final long writtenNanos = System.nanoTime();
    private final CompletableFuture<Boolean> settled = new CompletableFuture<>();

    PendingEnvelope(QueuedEnvelope envelope, BrokerMeters meters) {
        this.envelope = envelope;
        this.meters = meters;
    }

    QueuedEnvelope envelope() {
        return envelope;
    }

    CompletableFuture<Boolean> settled() {
        return settled;
    }

    boolean isConfirmed() {
        return settled.getNow(false);
    }

    void confirmed() {
        if (settled.complete(true)) {
            meters.confirmed(Duration.ofNanos(System.nanoTime() - writtenNanos));
        }
    }

    void nacked() {
        if (settled.complete(false)) {
            meters.nacked();
        }
    }

    void lost() {
        if (settled.complete(false)) {
            meters.unconfirmed();
        }
    }
}
