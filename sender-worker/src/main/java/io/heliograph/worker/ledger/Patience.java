package io.heliograph.worker.ledger;

import io.heliograph.runtime.Failures;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a statement that may be repeated: at once after a deadlock, and with growing pauses for as long as the
 * database is away, or until the worker has to end. Blocks; for virtual threads.
 */
public final class Patience {
    /** The statement itself is at fault, or a value in it: repeating would not help. */
    public static final class RefusedByDatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedByDatabaseException(Throwable cause) {
            super(Failures.describe(cause), cause);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    /** Longer than a statement may take, so that a late answer is rarely taken for none. */
    private static final long ANSWER_SECONDS_MAX = 35;

    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);
    private static final int CONFLICTS_IN_A_ROW_MAX = 10;

    private final CountDownLatch ended = new CountDownLatch(1);

    /** Throws {@link RefusedByDatabaseException}, and {@link InterruptedException} once patience has ended. */
    public <T> T repeat(Supplier<Future<T>> statement) throws InterruptedException {
        Duration pause = PAUSE_MIN;
        int conflicts = 0;
        while (true) {
            try {
                return statement.get().await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (Exception e) {
                boolean conflict = Failures.isConflict(e) && ++conflicts <= CONFLICTS_IN_A_ROW_MAX;
                if (!conflict && !Failures.isOutage(e)) {
                    throw new RefusedByDatabaseException(e);
                }
                log.atWarn().addKeyValue("error", Failures.describe(e)).log("Database is away or busy, will repeat");
                rest(conflict ? Duration.ZERO : pause);
                pause = pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
            }
        }
    }

    /** Whoever waits for the database gives up now: what is not recorded will be found by its promise. */
    public void end() {
        ended.countDown();
    }

    private void rest(Duration pause) throws InterruptedException {
        if (ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("The worker ends while the database is away");
        }
    }
}
