package io.heliograph.worker.receipts;

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
    /** Of messages that are asked for: what comes on top of so many is not asked for in time anyway. */
    private static final int NOTES_MAX = 100_000;
    /** Of a message when it is found; then its provider has long forgotten or will never know. */
    private static final Duration AGE_MAX = Duration.ofDays(4);

    private static final long ANSWER_SECONDS_MAX = 10;

    private final WalkStore store;
    private final Supplier<Map<String, Duration>> after;

    /** {@code after} is when each provider is asked, of those that can be. */
    public OverdueReceipts(WalkStore store, Supplier<Map<String, Duration>> after) {
        this.store = store;
        this.after = after;
    }

    /** Answers 0 when there is nothing more to look at for now. */
    public int runOnce() throws TimeoutException {
        Map<String, Duration> providers = after.get();
        if (providers.isEmpty()) {
            return 0;
        }
        Duration least = Collections.min(providers.values());
        int settled = store.settle(providers, least, SETTLED_AT_ONCE_MAX).await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        int walked =
                store.walk(providers, least, AGE_MAX, STEPS_MAX, NOTES_MAX).await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        // A part of a step can wait for more.
        return (settled < SETTLED_AT_ONCE_MAX ? 0 : settled) + (walked < STEPS_MAX ? 0 : walked);
    }
}
