package io.heliograph.gateway.events.stream;

import io.heliograph.gateway.http.sse.StreamPlaces;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How many streams there are, and why they ended. */
final class StreamMeters {
    private final Map<LastWord, Counter> ended = new EnumMap<>(LastWord.class);

    StreamMeters(PrometheusMeterRegistry registry, StreamPlaces<Long> places) {
        Gauge _ = Gauge.builder("heliograph_streams_open", places, StreamPlaces::taken)
                .description("Streams of events that are open")
                .register(registry);
        for (LastWord word : LastWord.values()) {
            ended.put(
                    word,
                    Metrics.counter(
                            registry,
                            "heliograph_streams_ended",
                            "Streams of events that the gateway has ended, by why",
                            "reason",
                            word.word()));
        }
    }

    void ended(LastWord word) {
        Objects.requireNonNull(ended.get(word)).increment();
    }
}
