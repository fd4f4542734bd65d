package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.gateway.notifications.verifications.codes.CodeKeys;
import io.heliograph.gateway.notifications.verifications.issuing.Admission.Facts;
import io.heliograph.gateway.notifications.verifications.issuing.Admission.Verdict;
import io.heliograph.gateway.notifications.verifications.issuing.IssueKeyStore.Moved;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Sends a group of codes in one transaction: keys, counts, what is pending; then the decision; then everything that is stored. Keys are
 * locked first, then counts, then verifications, here as everywhere.
 */
public final class IssueStore {
    private final Pool pool;
    private final CodeKeys keys;
    private final Topics topics;
    private final ErasedPersons erased;

    public IssueStore(Pool pool, CodeKeys keys, Topics topics, ErasedPersons erased) {
        this.pool = pool;
        this.keys = keys;
        this.topics = topics;
        this.erased = erased;
    }

    /** One answer for each, in their order. Everything is stored, or the Future fails and nothing is. */
    public Future<List<Issued>> commit(List<Issue> issues) {
        return pool.withTransaction(connection -> commit(connection, issues))
                .map(answers -> issues.stream()
                        .map(issue -> answers.getOrDefault(issue.id(), new Issued.KeyUnknown()))
                        .toList());
    }

    private Future<Map<UUID, Issued>> commit(SqlClient connection, List<Issue> issues) {
        List<Issue> keyed = issues.stream().filter(issue -> issue.key() != null).toList();
        return IssueKeyStore.claim(connection, keyed).compose(claimed -> {
            List<Issue> news = issues.stream()
                    .filter(issue -> issue.key() == null || claimed.contains(issue.id()))
                    .toList();
            List<Issue> taken = keyed.stream()
                    .filter(issue -> !claimed.contains(issue.id()))
                    .toList();
            return commitNew(connection, news)
                    .compose(answers -> IssueKeyStore.first(connection, taken).map(first -> {
                        for (int i = 0; i < first.size(); i++) {
                            answers.put(taken.get(i).id(), first.get(i));
                        }
                        return answers;
                    }));
        });
    }

    private Future<Map<UUID, Issued>> commitNew(SqlClient connection, List<Issue> issues) {
        if (issues.isEmpty()) {
            return Future.succeededFuture(new HashMap<>());
        }
        Map<Count, Integer> asked = CountStore.numbers(issues);
        return CountStore.count(connection, asked)
                .compose(counted -> IssueFactsStore.read(connection, issues, erased)
                        .compose(facts -> store(connection, decide(issues, facts, counted))));
    }

    /** What was decided: a verdict for each issue, in their order. */
    private record Decided(OffsetDateTime now, List<Issue> issues, List<Verdict> verdicts) {}

    private Decided decide(List<Issue> issues, List<Facts> facts, CountStore.Counted counted) {
        Admission admission = new Admission(counted.now(), counted.before());
        List<Verdict> verdicts = new ArrayList<>(issues.size());
        for (int i = 0; i < issues.size(); i++) {
            verdicts.add(admission.decide(issues.get(i), facts.get(i)));
        }
        return new Decided(counted.now(), issues, verdicts);
    }

    private Future<Map<UUID, Issued>> store(SqlClient connection, Decided decided) {
        List<Sending> sendings = new ArrayList<>(decided.issues().size());
        for (int i = 0; i < decided.issues().size(); i++) {
            if (decided.verdicts().get(i) instanceof Verdict.Send send) {
                sendings.add(Sending.of(decided.issues().get(i), send, decided.now(), keys));
            }
        }
        return SendStore.send(connection, sendings, topics).compose(sent -> {
            Map<UUID, Issued> answers = answers(decided, sent);
            List<Issue> unsent = decided.issues().stream()
                    .filter(issue -> !(answers.get(issue.id()) instanceof Issued.Sent))
                    .toList();
            return CountStore.giveBack(connection, CountStore.numbers(unsent))
                    .compose(_ -> keepKeys(connection, decided.issues(), answers))
                    .map(answers);
        });
    }

    private static Map<UUID, Issued> answers(Decided decided, Set<UUID> sent) {
        Map<UUID, Issued> answers = HashMap.newHashMap(decided.issues().size());
        for (int i = 0; i < decided.issues().size(); i++) {
            Issued answer = switch (decided.verdicts().get(i)) {
                case Verdict.Answer(Issued known) -> known;
                case Verdict.Send send
                when sent.contains(send.after().id()) -> new Issued.Sent(send.after(), decided.now());
                case Verdict.Send _ -> new Issued.NotPending();
            };
            answers.put(decided.issues().get(i).id(), answer);
        }
        return answers;
    }

    /** A key that brought no verification of its own stands for the pending one; one that brought nothing is free. */
    private static Future<Void> keepKeys(SqlClient connection, List<Issue> issues, Map<UUID, Issued> answers) {
        List<Moved> moved = new ArrayList<>();
        List<Issue> refused = new ArrayList<>();
        for (Issue issue : issues) {
            if (issue.key() != null) {
                switch (answers.get(issue.id())) {
                    case Issued.Sent sent ->
                        moved.add(new Moved(issue, sent.verification().id()));
                    case Issued.Kept kept ->
                        moved.add(new Moved(issue, kept.verification().id()));
                    case null, default -> refused.add(issue);
                }
            }
        }
        moved.removeIf(one -> one.issue().id().equals(one.verification()));
        return IssueKeyStore.move(connection, moved).compose(_ -> IssueKeyStore.free(connection, refused));
    }
}
