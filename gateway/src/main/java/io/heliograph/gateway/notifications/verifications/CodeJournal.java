package io.heliograph.gateway.notifications.verifications;

import io.heliograph.gateway.notifications.verifications.checking.Checked;
import io.heliograph.gateway.notifications.verifications.issuing.Issued;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Counts what became of codes and of checks, and writes one line for each commit. Shared by all event loops; names nobody. */
final class CodeJournal {
    private static final Logger log = LoggerFactory.getLogger(CodeJournal.class);
    private static final List<String> ISSUED =
            List.of("sent", "kept", "replayed", "too_many_codes", "not_pending", "opted_out", "key_reused");

    private final Map<String, Counter> issued;
    private final Map<String, Counter> checked;

    CodeJournal(PrometheusMeterRegistry registry) {
        issued = counters(
                ISSUED,
                result -> Metrics.counter(
                        registry,
                        "heliograph_codes",
                        "Codes that were asked for, by what became of it",
                        "result",
                        result));
        checked = counters(
                Arrays.stream(Checked.Outcome.values())
                        .map(Checked.Outcome::word)
                        .toList(),
                result -> Metrics.counter(
                        registry, "heliograph_code_checks", "Checks of codes, by what came of them", "result", result));
    }

    Future<List<Issued>> ofIssues(Future<List<Issued>> commit) {
        long startedNanos = System.nanoTime();
        return commit.onSuccess(answers -> write(
                "Sent codes", issued, answers.stream().map(CodeJournal::word).toList(), startedNanos));
    }

    Future<List<Checked>> ofChecks(Future<List<Checked>> commit) {
        long startedNanos = System.nanoTime();
        return commit.onSuccess(answers -> write(
                "Checked codes",
                checked,
                answers.stream().map(answer -> answer.outcome().word()).toList(),
                startedNanos));
    }

    private static void write(String message, Map<String, Counter> counters, List<String> words, long startedNanos) {
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

    private static String word(Issued answer) {
        return switch (answer) {
            case Issued.Sent _ -> "sent";
            case Issued.Kept _ -> "kept";
            case Issued.Replayed _ -> "replayed";
            case Issued.TooMany _ -> "too_many_codes";
            case Issued.NotPending _ -> "not_pending";
            case Issued.OptedOut _ -> "opted_out";
            case Issued.KeyReused _, Issued.KeyUnknown _ -> "key_reused";
        };
    }

    private static Map<String, Counter> counters(List<String> results, Function<String, Counter> counter) {
        return results.stream().collect(Collectors.toUnmodifiableMap(result -> result, counter));
    }
}
