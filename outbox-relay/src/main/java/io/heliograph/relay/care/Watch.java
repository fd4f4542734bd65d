package io.heliograph.relay.care;

import io.heliograph.runtime.AdminServer;
import io.heliograph.runtime.Pace;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the ledger and counts what is outstanding, in one relay of all: the one that holds the lock. The others show 0,
 * so that the sum over all relays is right.
 */
public final class Watch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final LedgerCheck ledger;
    private final OutstandingPromises outstanding;
    private final Pace ledgerPace = new Pace(Duration.ofMillis(500), Duration.ofSeconds(60), 30);
    private final Pace countPace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30), 20);
    private @Nullable WatchStore held;

    public Watch(Vertx vertx, PgConnectOptions options, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.options = options;
        this.ledger = new LedgerCheck(registry);
        this.outstanding = new OutstandingPromises(registry);
    }

    /** For readiness: work goes on, and somebody has to look when the ledger does not balance. */
    public String state() {
        long violations = ledger.violations();
        return violations == 0 ? AdminServer.UP : AdminServer.warning(violations + " violations");
    }

    /** Takes the lock if it is free, and does what is due. Answers 1 when it keeps watch, else 0. */
    public synchronized int runOnce() throws Exception {
        WatchStore store = held;
        if (store == null) {
            store = WatchStore.tryLock(vertx, options);
            held = store;
            if (store == null) {
                return 0;
            }
            log.atInfo().log("Keeping watch over the ledger");
        }
        try {
            check(store);
            return 1;
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** Lets another relay keep watch. */
    @Override
    public synchronized void close() {
        WatchStore store = held;
        if (store != null) {
            store.close();
        }
        held = null;
        outstanding.forget();
    }

    private void check(WatchStore store) throws Exception {
        if (ledgerPace.begin()) {
            long _ = ledger.runOnce(store);
            ledgerPace.end();
        }
        if (countPace.begin()) {
            try {
                outstanding.runOnce(store);
            } finally {
                // One that has failed has taken its time as well.
                countPace.end();
            }
        }
    }
}
