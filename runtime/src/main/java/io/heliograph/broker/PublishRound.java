package io.heliograph.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Envelopes that were written together and wait for their confirms. */
public final class PublishRound {
    private final List<PendingEnvelope> pending;
    private final Runnable onDoubt;

    PublishRound(List<PendingEnvelope> pending, Runnable onDoubt) {
        this.pending = List.copyOf(pending);
        this.onDoubt = onDoubt;
    }

    /**
     * Waits until each is confirmed, refused or lost, and no longer than the deadline. Answers those that are not known
     * to be on their queue; each of them may be there all the same. A confirm that comes later changes nothing.
     */
    public List<QueuedEnvelope> awaitUnconfirmed(Duration deadline) throws InterruptedException {
        try {
            Void _ = CompletableFuture.allOf(
                            pending.stream().map(PendingEnvelope::settled).toArray(CompletableFuture[]::new))
                    .get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            onDoubt.run();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        List<QueuedEnvelope> unconfirmed = new ArrayList<>();
        for (PendingEnvelope envelope : pending) {
            envelope.lost();
            if (!envelope.isConfirmed()) {
                unconfirmed.add(envelope.envelope());
            }
        }
        return unconfirmed;
    }
}
