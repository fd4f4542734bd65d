package io.heliograph.gateway.outbox;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Counts what became of all that was committed together, and writes one line for it. */
public final class CommitTally {
    private final Logger log;
    private final Map<String, Counter> counters;

    /** {@code results} are what has a counter; of anything else the line alone tells. */
    public CommitTally(Logger log, Collection<String> results, Function<String, Counter> counter) {
        this.log = log;
        this.counters = results.stream().collect(Collectors.toUnmodifiableMap(result -> result, counter));
    }

    /** {@code words} says of each what became of it. */
    public void write(String message, List<String> words, long startedNanos) {
        Map<String, Integer> numbers = new TreeMap<>();
        words.forEach(word -> numbers.merge(word, 1, Integer::sum));
        LoggingEventBuilder line = log.atInfo();
        numbers.forEach((word, number) -> {
            Counter counter = counters.get(word);
            if (counter != null) {
                counter.increment(number);
            }
            LoggingEventBuilder _ = line.addKeyValue(word, number);
        });
        line.addKeyValue(
                        "commit_ms",
                        Duration.ofNanos(System.nanoTime() - startedNanos).toMillis())
                .log(message);
    }
}
