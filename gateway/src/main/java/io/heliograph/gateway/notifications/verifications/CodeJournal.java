package io.heliograph.gateway.notifications.verifications;

import io.heliograph.gateway.notifications.verifications.checking.Checked;
import io.heliograph.gateway.notifications.verifications.issuing.Issued;
import io.heliograph.gateway.outbox.CommitTally;
import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what became of codes and of checks, and writes one line for each commit. Shared by all event loops; names nobody. */
final class CodeJournal {
    private static final Logger log = LoggerFactory.getLogger(CodeJournal.class);
    private static final List<String> ISSUED =
            List.of("sent", "kept", "replayed", "too_many_codes", "not_pending", "opted_out", "key_reused");

    private final CommitTally issued;
    private final CommitTally checked;

    CodeJournal(PrometheusMeterRegistry registry) {
        issued = new CommitTally(
                log,
                ISSUED,
                result -> Metrics.counter(
                        registry,
                        "heliograph_codes",
                        "Codes that were asked for, by what became of it",
                        "result",
                        result));
        checked = new CommitTally(
                log,
                Arrays.stream(Checked.Outcome.values())
                        .map(Checked.Outcome::word)
                        .toList(),
                result -> Metrics.counter(
                        registry, "heliograph_code_checks", "Checks of codes, by what came of them", "result", result));
    }

    Future<List<Issued>> ofIssues(Future<List<Issued>> commit) {
        long startedNanos = System.nanoTime();
        return commit.onSuccess(answers -> issued.write(
                "Sent codes", answers.stream().map(CodeJournal::word).toList(), startedNanos));
    }

    Future<List<Checked>> ofChecks(Future<List<Checked>> commit) {
        long startedNanos = System.nanoTime();
        return commit.onSuccess(answers -> checked.write(
                "Checked codes",
                answers.stream().map(answer -> answer.outcome().word()).toList(),
                startedNanos));
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
}
