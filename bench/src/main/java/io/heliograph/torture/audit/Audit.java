package io.heliograph.torture.audit;

import io.heliograph.bench.rig.Database;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.LedgerSummary;
import io.heliograph.torture.load.AcceptedBook;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Waits until nothing is outstanding, and then compares the client's, the database's and the provider's book. */
public final class Audit {
    private static final long POLL_NANOS = 200_000_000;
    private static final int QUESTIONS_AT_ONCE = 8;

    private final TracedStore store;
    private final SimulatorControl provider;

    public Audit(Database database, SimulatorControl provider) {
        this.store = new TracedStore(database);
        this.provider = provider;
    }

    /** Answers whether everything was settled and called back within the time. */
    public boolean awaitQuiet(Duration max) throws SQLException {
        long deadline = System.nanoTime() + max.toNanos();
        while (store.outstanding() > 0 || provider.summary().underWay() > 0) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    public Result compare(AcceptedBook client, List<String> posted) throws SQLException, InterruptedException {
        Map<String, Traced> stored = store.messages();
        Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
        List<Finding> findings = new ArrayList<>();
        List<Finding> doubts = new ArrayList<>();
        for (Traced message : trace(client.ids(), stored)) {
            Verdict verdict = Verdict.of(message);
            verdicts.merge(verdict, 1L, Long::sum);
            if (verdict.isViolation()) {
                findings.add(finding(verdict, message));
            } else if (verdict == Verdict.FAILED_THOUGH_SENT_IN_DOUBT) {
                doubts.add(finding(verdict, message));
            }
        }
        client.contradictions().forEach(text -> findings.add(new Finding("one key, two answers: " + text, List.of())));
        findings.addAll(strangers(client, posted, stored));
        LedgerSummary summary = provider.summary();
        long takenByBoth = Math.max(summary.messagesAcceptedBySeveral(), summary.recipientsAcceptedBySeveral());
        if (takenByBoth > verdicts.getOrDefault(Verdict.SENT_TWICE_BY_WISH, 0L)) {
            findings.add(new Finding("taken by both providers: " + takenByBoth, List.of(summary.toString())));
        }
        return new Result(
                client.ids().size(),
                verdicts,
                store.violations(),
                takenBy(summary),
                takenByBoth,
                store.longestPauseMillis(),
                List.copyOf(findings),
                List.copyOf(doubts));
    }

    private static Map<String, Long> takenBy(LedgerSummary summary) {
        Map<String, Long> taken = new TreeMap<>();
        summary.providers().forEach((name, at) -> taken.put(name, at.accepted()));
        return taken;
    }

    /** The provider is asked about each message by itself, about several at once. */
    private List<Traced> trace(Map<String, String> ids, Map<String, Traced> stored) throws InterruptedException {
        List<Callable<Traced>> questions = new ArrayList<>();
        ids.forEach((reference, id) -> questions.add(() -> trace(reference, id, stored)));
        try (ExecutorService executor = Executors.newFixedThreadPool(QUESTIONS_AT_ONCE)) {
            return executor.invokeAll(questions).stream().map(Future::resultNow).toList();
        }
    }

    private Traced trace(String reference, String id, Map<String, Traced> stored) {
        Traced message = stored.get(id);
        SimulatorControl.Posts posts = provider.ofMessage(id);
        return message == null
                ? new Traced(reference, id, "", "", false, false, 0, false, "", posts.received(), posts.accepted())
                : new Traced(
                        reference,
                        id,
                        message.status(),
                        message.reason(),
                        message.resend(),
                        message.possibleDuplicate(),
                        message.attempts(),
                        message.promised(),
                        message.receipts(),
                        posts.received(),
                        posts.accepted());
    }

    private Finding finding(Verdict verdict, Traced message) throws SQLException {
        List<String> evidence = new ArrayList<>(List.of(message.toString()));
        evidence.addAll(store.history(message.id()));
        evidence.add("provider: " + provider.ofMessage(message.id()).posts().encode());
        return new Finding(verdict + " " + message.id(), evidence);
    }

    /** The client repeats until it is answered, so what it does not know of must not be stored, nor stored twice. */
    private static List<Finding> strangers(AcceptedBook client, List<String> posted, Map<String, Traced> stored) {
        List<Finding> findings = new ArrayList<>();
        Set<String> known = Set.copyOf(client.ids().values());
        stored.values().stream()
                .filter(message -> !known.contains(message.id()))
                .forEach(message -> findings.add(
                        new Finding("stored, and the client was never told", List.of(message.toString()))));
        posted.stream()
                .filter(reference -> !client.ids().containsKey(reference))
                .forEach(reference -> findings.add(new Finding("never answered with 202: " + reference, List.of())));
        Map<String, Long> references = new HashMap<>(
                stored.values().stream().collect(Collectors.groupingBy(Traced::reference, Collectors.counting())));
        references.values().removeIf(count -> count == 1);
        references.forEach(
                (reference, count) -> findings.add(new Finding("stored " + count + " times: " + reference, List.of())));
        return findings;
    }
}
