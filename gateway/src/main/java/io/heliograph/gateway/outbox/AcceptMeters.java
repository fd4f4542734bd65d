package io.heliograph.gateway.outbox;

import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is counted about accepting; shared by all event loops. */
public final class AcceptMeters {
    private final Timer latency;
    private final Counter accepted;
    private final Counter replayed;
    private final Counter keyReused;
    private final Counter optedOut;
    private final Counter eventsAccepted;
    private final Counter eventsReplayed;
    private final Counter eventsRefused;
    private final DistributionSummary groupRows;
    private final List<GroupCommit<?, ?>> queues = new CopyOnWriteArrayList<>();

    public AcceptMeters(PrometheusMeterRegistry registry) {
        latency = Metrics.histogram(registry, "heliograph_accept", "From the parsed request to its commit");
        accepted = messages(registry, "accepted");
        replayed = messages(registry, "replayed");
        keyReused = messages(registry, "key_reused");
        optedOut = messages(registry, "opted_out");
        eventsAccepted = events(registry, "accepted");
        eventsReplayed = events(registry, "replayed");
        eventsRefused = events(registry, "refused");
        groupRows = DistributionSummary.builder("heliograph_accept_group_rows")
                .description("Messages that one statement stored or found stored")
                .serviceLevelObjectives(1, 2, 5, 10, 25, 50, 100, 256, 1_000)
                .register(registry);
        Gauge.builder("heliograph_accept_rows_waiting", queues, AcceptMeters::rowsWaiting)
                .description("Messages that wait for the database in this process")
                .register(registry);
    }

    /** What waits there is part of what waits in this process. */
    public void watch(GroupCommit<?, ?> queue) {
        queues.add(queue);
    }

    public void answered(Duration took) {
        latency.record(took);
    }

    void committed(int storedRows, int replayedRows, int reusedKeys, int optedOutRows) {
        accepted.increment(storedRows);
        replayed.increment(replayedRows);
        keyReused.increment(reusedKeys);
        optedOut.increment(optedOutRows);
        groupRows.record(storedRows + replayedRows + reusedKeys + optedOutRows);
    }

    /** What was told of users. */
    public void committedEvents(int accepted, int replayed, int refused) {
        eventsAccepted.increment(accepted);
        eventsReplayed.increment(replayed);
        eventsRefused.increment(refused);
    }

    private static Counter events(PrometheusMeterRegistry registry, String result) {
        return Metrics.counter(
                registry,
                "heliograph_events_told",
                "Events by what became of them when they were told",
                "result",
                result);
    }

    private static double rowsWaiting(List<GroupCommit<?, ?>> queues) {
        return queues.stream().mapToInt(GroupCommit::rowsWaiting).sum();
    }

    private static Counter messages(PrometheusMeterRegistry registry, String result) {
        return Metrics.counter(
                registry, "heliograph_messages", "Messages by what became of their request", "result", result);
    }
}
