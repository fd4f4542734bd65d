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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
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
    /** Those that leave in slots end one by one: they are worth waiting for, and more so where few come. */
    private static final Duration GATHER_EVEN_MIN = Duration.ofMillis(20);

    private static final Duration GATHER_EVEN_MAX = Duration.ofMillis(50);
    private static final int FEW = 8;

    private final BlockingQueue<Ended> queue = new LinkedBlockingQueue<>();
    private final IntSupplier inFlight;
    private final BooleanSupplier isEven;
    /** One gathers at a time: two would halve what each gets. */
    private final ReentrantLock gathering = new ReentrantLock();

    private Duration gatherEven = GATHER_EVEN_MIN;

    /** {@code isEven} says whether calls leave evenly, in slots, and so end that way. */
    public EndedCalls(IntSupplier inFlight, BooleanSupplier isEven) {
        this.inFlight = inFlight;
        this.isEven = isEven;
    }

    void add(Ended ended) {
        boolean _ = queue.add(ended);
    }

    /** Up to so many; empty when nothing has ended in that time. Waits a moment for more only where more is under way. */
    List<Ended> take(int max, Duration wait) throws InterruptedException {
        gathering.lockInterruptibly();
        try {
            Ended first = queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            return first == null ? List.of() : gather(first, max);
        } finally {
            gathering.unlock();
        }
    }

    private List<Ended> gather(Ended first, int max) throws InterruptedException {
        List<Ended> taken = new ArrayList<>();
        taken.add(first);
        int _ = queue.drainTo(taken, max - 1);
        if (taken.size() < max / 4 && inFlight.getAsInt() > taken.size()) {
            Thread.sleep(isEven.getAsBoolean() ? gatherEven : GATHER);
            int _ = queue.drainTo(taken, max - taken.size());
            gatherEven = taken.size() < FEW ? GATHER_EVEN_MAX : GATHER_EVEN_MIN;
        }
        return taken;
    }
}
