package io.heliograph.broker;

import io.heliograph.contract.Envelope;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An envelope in our hands. It is answered once, with {@link #ack} or {@link #requeue}; further answers do nothing, and
 * neither does an answer after the connection was lost, because the broker has put it back on its queue by then.
 */
public final class Delivery {
    private final Subscription subscription;
    private final long tag;
    private final Envelope envelope;
    private final AtomicBoolean answered = new AtomicBoolean();

    Delivery(Subscription subscription, long tag, Envelope envelope) {
        this.subscription = subscription;
        this.tag = tag;
        this.envelope = envelope;
    }

    public String queue() {
        return subscription.queue();
    }

    public Envelope envelope() {
        return envelope;
    }

    /** All of it is recorded; the broker may forget it. */
    public void ack() {
        if (answered.compareAndSet(false, true)) {
            subscription.ack(tag);
        }
    }

    /** Back on its queue, for anyone. */
    public void requeue() {
        if (answered.compareAndSet(false, true)) {
            subscription.requeue(tag);
        }
    }

    boolean isDead() {
        return subscription.isLost();
    }
}
