package io.heliograph.worker.delivery;

import io.heliograph.worker.intake.Batch;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What has ended and waits to be recorded; never more than is in flight. */
public final class EndedCalls {
    /** {@code sent} is null where a look-up, and not a call, has ended. */
    record Ended(Verdict verdict, @Nullable Sent sent, Batch batch) {}

    /** The claim, and how long after it the call ended. */
    record Sent(ToSend claimed, Duration sinceClaim) {}

    /** Many calls end at about the same time: recorded together they cost a fraction. */
    private static final Duration GATHER = Duration.ofMillis(8);

    private final BlockingQueue<Ended> queue = new LinkedBlockingQueue<>();
    private final IntSupplier inFlight;

    public EndedCalls(IntSupplier inFlight) {
        this.inFlight = inFlight;
    }

    void add(Ended ended) {
        boolean _ = queue.add(ended);
    }

    /** Up to so many; empty when nothing has ended in that time. Waits a moment for more only where more is under way. */
    List<Ended> take(int max, Duration wait) throws InterruptedException {
        Ended first = queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        List<Ended> taken = new ArrayList<>();
        taken.add(first);
        int _ = queue.drainTo(taken, max - 1);
        if (taken.size() < max / 4 && inFlight.getAsInt() > taken.size()) {
            Thread.sleep(GATHER);
            int _ = queue.drainTo(taken, max - taken.size());
        }
        return taken;
    }
}
