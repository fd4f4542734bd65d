package io.heliograph.broker;

import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** What is counted about the way to the broker. */
final class BrokerMeters {
    private final Counter connectionsLost;
    private final Counter confirmed;
    private final Counter nacked;
    private final Counter unconfirmed;
    private final Timer confirmLatency;
    private final Counter delivered;
    private final Counter malformed;
    private final Counter consumersRestarted;

    BrokerMeters(PrometheusMeterRegistry registry) {
        connectionsLost = Metrics.counter(
                registry,
                "heliograph_broker_connections_lost_total",
                "Connections to the broker that were thrown away");
        confirmed = Metrics.counter(
                registry, "heliograph_broker_envelopes_confirmed_total", "Envelopes that the broker confirmed");
        nacked = Metrics.counter(registry, "heliograph_broker_envelopes_nacked_total", "Envelopes that it refused");
        unconfirmed = Metrics.counter(
                registry,
                "heliograph_broker_envelopes_unconfirmed_total",
                "Envelopes whose confirm did not come in time or was lost with the connection");
        confirmLatency = Metrics.histogram(registry, "heliograph_broker_confirm_seconds", "From writing to confirm");
        delivered = Metrics.counter(
                registry, "heliograph_broker_envelopes_delivered_total", "Envelopes that the broker delivered to us");
        malformed = Metrics.counter(
                registry, "heliograph_broker_envelopes_malformed_total", "Deliveries that were no envelopes");
        consumersRestarted = Metrics.counter(
                registry,
                "heliograph_broker_consumers_restarted_total",
                "Consumers that got nothing although their queue was not empty");
    }

    void connectionLost() {
        connectionsLost.increment();
    }

    void confirmed(Duration latency) {
        confirmed.increment();
        confirmLatency.record(latency);
    }

    void nacked() {
        nacked.increment();
    }

    void unconfirmed() {
        unconfirmed.increment();
    }

    void delivered() {
        delivered.increment();
    }

    void malformed() {
        malformed.increment();
    }

    void consumerRestarted() {
        consumersRestarted.increment();
    }
}
