package io.heliograph.broker;

import io.heliograph.runtime.Failures;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one connection open with our queues declared on it: opens, watches, throws away at any doubt, opens anew. */
final class SupervisedConnection implements AutoCloseable {
    /** What lives on the connection. Called on the supervisor's own virtual thread; a failure throws it away. */
    interface Tenant {
        void moveIn(BrokerConnection connection) throws Exception;

        /** Called every so often while the connection is open. */
        void lookAfter(BrokerConnection connection) throws Exception;
    }

    private static final Logger log = LoggerFactory.getLogger(SupervisedConnection.class);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);
    private static final long PAUSE_MILLIS_MIN = 50;
    private static final long PAUSE_MILLIS_MAX = 2_000;
    private static final long CLOSE_SECONDS_MAX = 5;

    private final Vertx vertx;
    private final BrokerSettings settings;
    private final String name;
    private final Tenant tenant;
    private final BrokerMeters meters;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable BrokerConnection current;

    private SupervisedConnection(
            Vertx vertx, BrokerSettings settings, String name, BrokerMeters meters, Tenant tenant) {
        this.vertx = vertx;
        this.settings = settings;
        this.name = name;
        this.meters = meters;
        this.tenant = tenant;
    }

    static SupervisedConnection start(
            Vertx vertx, BrokerSettings settings, String name, BrokerMeters meters, Tenant tenant) {
        SupervisedConnection supervised = new SupervisedConnection(vertx, settings, name, meters, tenant);
        Thread.ofVirtual().name(name).start(supervised::run);
        return supervised;
    }

    /** Null while there is none to be trusted. */
    @Nullable
    BrokerConnection current() {
        BrokerConnection connection = current;
        return connection == null || connection.isLost() ? null : connection;
    }

    @Override
    public void close() {
        closing.countDown();
        BrokerConnection connection = current;
        if (connection != null) {
            connection.discard("Closed by us");
        }
        try {
            boolean _ = closed.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pauseMillis = PAUSE_MILLIS_MIN;
        try {
            while (closing.getCount() > 0) {
                boolean wasOpen = openAndWatch(pauseMillis == PAUSE_MILLIS_MIN);
                pauseMillis = wasOpen ? PAUSE_MILLIS_MIN : Math.min(pauseMillis * 2, PAUSE_MILLIS_MAX);
                boolean _ = closing.await(pauseMillis, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed.countDown();
        }
    }

    /** Lives through one connection; answers whether it was ever open. */
    private boolean openAndWatch(boolean firstTry) throws InterruptedException {
        BrokerConnection connection;
        try {
            connection = open();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Once for each outage, not for each try.
            if (firstTry && closing.getCount() > 0) {
                log.atWarn()
                        .addKeyValue("connection", name)
                        .addKeyValue("error", Failures.describe(e))
                        .log("Could not connect to the broker, will keep trying");
            }
            return false;
        }
        current = connection;
        log.atInfo().addKeyValue("connection", name).log("Connected to the broker");
        watch(connection);
        current = null;
        return true;
    }

    private BrokerConnection open() throws Exception {
        BrokerConnection connection = BrokerConnection.open(vertx, settings, name);
        try {
            tenant.moveIn(connection);
            return connection;
        } catch (Exception e) {
            String reason = connection.isLost() ? connection.lossReason() : Failures.describe(e);
            connection.discard(reason);
            throw new BrokerRefusedException(reason, e);
        }
    }

    private void watch(BrokerConnection connection) throws InterruptedException {
        try {
            while (closing.getCount() > 0 && !connection.awaitLoss(LOOK_INTERVAL)) {
                tenant.lookAfter(connection);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            connection.discard(Failures.describe(e));
        } finally {
            connection.discard("Closed by us");
        }
        if (closing.getCount() > 0) {
            meters.connectionLost();
            log.atWarn()
                    .addKeyValue("connection", name)
                    .addKeyValue("reason", connection.lossReason())
                    .log("Lost the connection to the broker");
        }
    }

    /** The broker was reached but did not let us work; the message holds its own words. */
    private static final class BrokerRefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokerRefusedException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
