package io.heliograph.gateway.notifications.verifications;

import io.heliograph.gateway.notifications.verifications.checking.Checked;
import io.heliograph.gateway.notifications.verifications.issuing.Issued;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is counted about codes; shared by all event loops. Says of nobody whether they have one. */
public final class VerificationMeters {
    private final Map<String, Counter> issued;
    private final Map<String, Counter> checked;

    public VerificationMeters(PrometheusMeterRegistry registry) {
        issued = counters(
                List.of("sent", "kept", "replayed", "too_many_codes", "not_pending", "opted_out", "key_reused"),
                result -> Metrics.counter(
                        registry,
                        "heliograph_codes",
                        "Codes that were asked for, by what became of it",
                        "result",
                        result));
        checked = counters(
                Arrays.stream(Checked.Outcome.values()).map(Checked.Outcome::word).toList(),
                result -> Metrics.counter(
                        registry, "heliograph_code_checks", "Checks of codes, by what came of them", "result", result));
    }

    void issued(Issued answer) {
        String result =
                switch (answer) {
                    case Issued.Sent _ -> "sent";
                    case Issued.Kept _ -> "kept";
                    case Issued.Replayed _ -> "replayed";
                    case Issued.TooMany _ -> "too_many_codes";
                    case Issued.NotPending _ -> "not_pending";
                    case Issued.OptedOut _ -> "opted_out";
                    case Issued.KeyReused _, Issued.KeyUnknown _ -> "key_reused";
                };
        increment(issued, result);
    }

    void checked(Checked answer) {
        increment(checked, answer.outcome().word());
    }

    private static void increment(Map<String, Counter> counters, String result) {
        Counter counter = counters.get(result);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Map<String, Counter> counters(List<String> results, Function<String, Counter> counter) {
        return results.stream().collect(Collectors.toUnmodifiableMap(result -> result, counter));
    }
}
