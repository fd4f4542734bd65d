package io.heliograph.worker.intake;

import io.heliograph.broker.Delivery;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An envelope of which something is under way. It is answered when all of it has ended: taken off its queue, or put back
 * when a part could not be finished; what was done of it falls through the next claim.
 */
public final class OpenEnvelope {
    private final Delivery delivery;
    private final AtomicInteger left;
    private volatile boolean failed;

    OpenEnvelope(Delivery delivery) {
        this.delivery = delivery;
        this.left = new AtomicInteger(delivery.envelope().ids().size());
    }

    List<Held> content() {
        return delivery.envelope().ids().stream().map(id -> new Held(id, this)).toList();
    }

    void ended(boolean well) {
        if (!well) {
            failed = true;
        }
        if (left.decrementAndGet() == 0) {
            if (failed) {
                delivery.requeue();
            } else {
                delivery.ack();
            }
        }
    }
}
