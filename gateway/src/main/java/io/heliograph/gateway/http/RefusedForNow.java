package io.heliograph.gateway.http;

import io.heliograph.runtime.Failures;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line about requests that were refused because the database is away or too slow: at most one a second, however
 * many clients repeat their requests at once. Safe for any thread.
 */
final class RefusedForNow {
    private static final Logger log = LoggerFactory.getLogger(RefusedForNow.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong writtenNanos = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

    void count(Throwable failure) {
        refused.incrementAndGet();
        long before = writtenNanos.get();
        long now = System.nanoTime();
        if (now - before >= INTERVAL_NANOS && writtenNanos.compareAndSet(before, now)) {
            log.atWarn()
                    .addKeyValue("requests", refused.getAndSet(0))
                    .addKeyValue("error", Failures.describe(failure))
                    .log("Refused for now");
        }
    }
}
