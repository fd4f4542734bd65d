package io.heliograph.worker.receipts;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Finds messages whose receipt is overdue. One worker of all walks at a time; which one does not matter. */
public final class OverdueReceipts {
    private static final int STEPS_MAX = 5_000;
    private static final int SETTLED_AT_ONCE_MAX = 1_000;
    private static final int FORGOTTEN_AT_ONCE_MAX = 1_000;
    /** Of messages that one provider is asked for: what comes on top of so many is not asked for in time anyway. */
    private static final int NOTES_MAX = 100_000;
    /** In which every worker has read a changed file. */
    private static final Duration FILES_DIFFER_MAX = Duration.ofHours(1);
    /** Since the send, when it is found; then its provider has long forgotten or will never know. */
    private static final Duration AGE_MAX = Duration.ofDays(4);

    private static final long ANSWER_SECONDS_MAX = 10;

    private final WalkStore store;
    private final ReceiptMeters meters;
    private final Supplier<Map<String, Duration>> after;

    /** {@code after} is when a receipt of each provider is overdue, of those that have any. */
    public OverdueReceipts(WalkStore store, ReceiptMeters meters, Supplier<Map<String, Duration>> after) {
        this.store = store;
        this.meters = meters;
        this.after = after;
    }

    /** Answers 0 when there is nothing more to look at for now. */
    public int runOnce() throws TimeoutException {
        Map<String, Duration> providers = after.get();
        int forgotten = count(store.forget(providers.keySet(), FILES_DIFFER_MAX, FORGOTTEN_AT_ONCE_MAX));
        if (providers.isEmpty()) {
            return forgotten;
        }
        Duration least = Collections.min(providers.values());
        int settled = count(store.settle(providers, least, SETTLED_AT_ONCE_MAX, NOTES_MAX));
        int walked = count(store.walk(providers, least, AGE_MAX, STEPS_MAX, NOTES_MAX));
        // A part of a step can wait for more.
        return forgotten + (settled < SETTLED_AT_ONCE_MAX ? 0 : settled) + (walked < STEPS_MAX ? 0 : walked);
    }

    private int count(Future<WalkStore.Step> step) throws TimeoutException {
        WalkStore.Step done = step.await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        done.givenUp().forEach(meters::givenUp);
        return done.messages();
    }
}
