package io.heliograph.broker;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks how many envelopes wait on a queue. On a connection of its own, so that no publisher waits behind it. */
public final class QueueDepths implements AutoCloseable {
    private final SupervisedConnection supervised;

    private QueueDepths(SupervisedConnection supervised) {
        this.supervised = supervised;
    }

    /** Returns at once; the connection is opened in the background, and again whenever it is lost. */
    public static QueueDepths start(
            Vertx vertx, BrokerSettings settings, String name, PrometheusMeterRegistry registry) {
        return new QueueDepths(
                SupervisedConnection.start(vertx, settings, name, new BrokerMeters(registry), new Asking()));
    }

    /** The depth of each; empty while the broker is away. A broker that does not answer costs some seconds, once. */
    public Map<String, Long> read(List<String> queues) {
        BrokerConnection connection = supervised.current();
        if (connection == null) {
            return Map.of();
        }
        try {
            Map<String, Long> depths = new LinkedHashMap<>();
            for (String queue : queues) {
                // By declaring it, which makes one that is missing: what is looked at can be published to.
                depths.put(queue, (long) connection.declare(queue));
            }
            return depths;
        } catch (Exception e) {
            connection.discard("The depth of a queue could not be read");
            return Map.of();
        }
    }

    @Override
    public void close() {
        supervised.close();
    }

    private static final class Asking implements SupervisedConnection.Tenant {
        @Override
        public void moveIn(BrokerConnection connection) {
            // Nothing to prepare.
        }

        @Override
        public void lookAfter(BrokerConnection connection) {
            // The next question finds out.
        }
    }
}
