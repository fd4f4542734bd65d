package io.heliograph.relay.care;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running proof that every message is settled or has exactly one promise. Each step looks at a bounded slice of
 * both tables, so that a big table is checked in many small steps and never in a long one.
 */
final class LedgerCheck {
    private static final Logger log = LoggerFactory.getLogger(LedgerCheck.class);
    private static final int MESSAGES_MAX = 10_000;
    private static final int PROMISES_MAX = 5_000;

    private final LedgerSweep messages = new LedgerSweep(MESSAGES_MAX);
    private final LedgerSweep promises = new LedgerSweep(PROMISES_MAX);

    LedgerCheck(PrometheusMeterRegistry registry) {
        Gauge _ = Gauge.builder("heliograph_ledger_violations", this, LedgerCheck::violations)
                .description("Messages without a promise and promises without a message; 0 unless something is broken")
                .register(registry);
    }

    /** The next slice of both sides; answers the violations in them. */
    long runOnce(WatchStore store) throws Exception {
        long withoutPromise = messages.step(store::messagesWithoutPromise);
        long withoutMessage = promises.step(store::promisesWithoutMessage);
        if (withoutPromise + withoutMessage > 0) {
            log.atWarn()
                    .addKeyValue("messages_without_promise", withoutPromise)
                    .addKeyValue("promises_without_message", withoutMessage)
                    .log("The ledger does not balance");
        }
        return withoutPromise + withoutMessage;
    }

    long violations() {
        return messages.violations() + promises.violations();
    }
}
