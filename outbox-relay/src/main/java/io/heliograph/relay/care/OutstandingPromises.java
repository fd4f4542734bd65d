package io.heliograph.relay.care;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How many promises are outstanding and how old the oldest is, as the last count found it. */
final class OutstandingPromises {
    /** One topic and lane; {@code held} of the promises are in nobody's way; times in seconds. */
    record Line(String topic, String lane, long promises, long held, double age, double overdue) {
        private String name() {
            return topic + " " + lane;
        }
    }

    private final PrometheusMeterRegistry registry;
    private final Set<String> shown = new HashSet<>();
    private volatile Map<String, Line> lines = Map.of();

    OutstandingPromises(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    void runOnce(WatchStore store) throws TimeoutException {
        List<Line> counted = store.outstanding();
        show(counted);
        store.share(counted);
    }

    /** Another relay counts: ours would only grow old. */
    void forget() {
        show(List.of());
    }

    private void show(List<Line> counted) {
        counted.stream().filter(line -> shown.add(line.name())).forEach(this::gauges);
        lines = counted.stream().collect(Collectors.toUnmodifiableMap(Line::name, line -> line));
    }

    private void gauges(Line line) {
        gauge("heliograph_outbox_promises", "Promises outstanding", line, Line::promises);
        gauge(
                "heliograph_outbox_oldest_age_seconds",
                "Age of the oldest promise that was not scheduled for later",
                line,
                Line::age);
        gauge(
                "heliograph_outbox_overdue_seconds",
                "How long the oldest due promise has been waiting to be published",
                line,
                Line::overdue);
    }

    private void gauge(String name, String help, Line line, ToDoubleFunction<Line> value) {
        Line none = new Line(line.topic(), line.lane(), 0, 0, 0, 0);
        Gauge _ = Gauge.builder(name, this, self -> value.applyAsDouble(self.lines.getOrDefault(none.name(), none)))
                .description(help)
                .tags("topic", line.topic(), "lane", line.lane())
                .register(registry);
    }
}
