package io.heliograph.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Verdicts;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordTest {
    private final LedgerBench bench = new LedgerBench();
    private final Messages messages = bench.messages;

    @AfterAll
    void close() throws Exception {
        bench.close();
    }

    @Test
    void settles_an_accepted_message_and_keeps_the_providers_id() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();

        assertThat(bench.record(Verdicts.accepted(outgoing, "SM1"))).isEqualTo(1);

        assertThat(messages.status(id)).isEqualTo("sent");
        assertThat(messages.column(id, "sent_at")).isNotNull();
        assertThat(messages.attempts(id)).containsExactly("1 accepted -");
        assertThat(messages.attemptColumn(id, 1, "provider_message_id")).isEqualTo("SM1");
        assertThat(messages.hasPromise(id)).isFalse();
        assertThat(messages.violations()).isZero();
    }

    /** What moves to another page writes into every index of the table. */
    @Test
    void changes_a_message_where_it_is_also_when_hundreds_are_claimed_at_once() throws Exception {
        List<UUID> ids = messages.queued(300);
        List<String> accepted = pages(ids);

        Claims claims = bench.claim(ids.toArray(UUID[]::new));
        assertThat(moved(accepted, pages(ids))).isZero();
        List<Verdict> verdicts = claims.toSend().stream()
                .map(each -> Verdicts.accepted(
                        each.outgoing(), "SM" + each.outgoing().id()))
                .toList();
        assertThat(bench.recordAll(verdicts)).isEqualTo(300);

        assertThat(moved(accepted, pages(ids))).isZero();
    }

    @Test
    void keeps_the_key_that_a_receipt_will_know_the_attempt_by_also_when_the_answer_was_lost() throws Exception {
        Outgoing outgoing = claimed();
        Verdict unknown = Verdicts.unknown(outgoing);
        Verdict.Tried tried = Objects.requireNonNull(unknown.tried()).withReceiptKey("key");

        assertThat(bench.record(
                        Verdict.due(outgoing, MessageStatus.UNKNOWN, Reason.OUTCOME_UNKNOWN, Duration.ZERO, tried)))
                .isEqualTo(1);

        assertThat(messages.attemptColumn(outgoing.id(), 1, "receipt_key")).isEqualTo("key");
    }

    @Test
    void settles_a_refused_message_with_its_reason() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();

        assertThat(bench.record(Verdicts.refused(outgoing, "21211"))).isEqualTo(1);

        assertThat(messages.status(id)).isEqualTo("failed");
        assertThat(messages.column(id, "reason")).isEqualTo("refused_by_provider");
        assertThat(messages.attempts(id)).containsExactly("1 refused 21211");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void moves_the_promise_of_a_message_that_is_tried_again() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();

        assertThat(bench.record(Verdicts.later(outgoing, Duration.ofSeconds(90))))
                .isEqualTo(1);

        assertThat(messages.status(id)).isEqualTo("queued");
        assertThat(messages.column(id, "reason")).isEqualTo("provider_busy");
        assertThat(messages.dueInSeconds(id)).isBetween(80.0, 90.0);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void gives_back_what_was_never_tried_without_an_attempt() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();

        assertThat(bench.record(Verdicts.givenBack(outgoing))).isEqualTo(1);

        assertThat(messages.status(id)).isEqualTo("queued");
        assertThat(messages.attempts(id)).isEmpty();
        assertThat(messages.dueInSeconds(id)).isLessThan(0.1);
    }

    @Test
    void keeps_the_promise_of_an_unknown_message_near() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();

        assertThat(bench.record(Verdicts.unknown(outgoing))).isEqualTo(1);

        assertThat(messages.status(id)).isEqualTo("unknown");
        assertThat(messages.column(id, "unknown_since")).isNotNull();
        assertThat(messages.number("""
            SELECT date_part('epoch', o.due_at - m.unknown_since)
            FROM outbox o JOIN message m ON m.id = o.message_id WHERE m.id = ?""", id)).isEqualTo(2.0);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void keeps_only_the_attempt_when_a_receipt_was_faster() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();
        receipt(id, "delivered");

        assertThat(bench.record(Verdicts.accepted(outgoing, "SM1"))).isZero();

        assertThat(messages.status(id)).isEqualTo("delivered");
        assertThat(messages.attempts(id)).containsExactly("1 accepted -");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void does_not_turn_a_failure_that_the_provider_reported_back_into_sent() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();
        receipt(id, "failed");

        assertThat(bench.record(Verdicts.accepted(outgoing, "SM1"))).isZero();

        assertThat(messages.status(id)).isEqualTo("failed");
        assertThat(messages.attempts(id)).containsExactly("1 accepted -");
    }

    @Test
    void changes_nothing_when_it_is_repeated() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();
        Verdict later = Verdicts.later(outgoing, Duration.ofSeconds(90));
        int _ = bench.record(later);
        messages.publishAgain(id);
        Outgoing next = bench.claimOne(id).outgoing();

        assertThat(bench.record(later)).isZero();

        assertThat(next.attempt()).isEqualTo(2);
        assertThat(messages.status(id)).isEqualTo("sending");
        assertThat(messages.attempts(id)).containsExactly("1 try_later 20429");
    }

    @Test
    void lets_a_late_answer_settle_what_somebody_else_called_unknown() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();
        messages.execute("UPDATE message SET claimed_at = now() - interval '1 minute' WHERE id = ?", id);
        assertThat(bench.claim(id).toResolve()).hasSize(1);

        assertThat(bench.record(Verdicts.accepted(outgoing, "SM1"))).isEqualTo(1);

        assertThat(messages.status(id)).isEqualTo("sent");
        assertThat(messages.attempts(id)).containsExactly("1 accepted -");
        assertThat(messages.attemptColumn(id, 1, "provider_message_id")).isEqualTo("SM1");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void lets_a_late_answer_correct_a_message_that_was_given_up() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();
        int _ = bench.record(Verdicts.unknown(outgoing));
        int _ = bench.record(Verdict.settled(outgoing, MessageStatus.FAILED, Reason.OUTCOME_UNKNOWN, null));

        assertThat(bench.record(Verdicts.accepted(outgoing, "SM1"))).isEqualTo(1);

        assertThat(messages.status(id)).isEqualTo("sent");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void lets_a_late_answer_spare_a_message_the_second_send_that_it_waits_for() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();
        int _ = bench.record(Verdicts.unknown(outgoing));
        int _ = bench.record(Verdict.again(outgoing, Reason.OUTCOME_UNKNOWN, "twilio"));

        assertThat(bench.record(Verdicts.accepted(outgoing, "SM1"))).isEqualTo(1);

        assertThat(messages.status(id)).isEqualTo("sent");
        assertThat(messages.hasPromise(id)).isFalse();
    }

    @Test
    void does_not_let_a_late_answer_touch_the_next_attempt() throws Exception {
        Outgoing outgoing = claimed();
        UUID id = outgoing.id();
        int _ = bench.record(Verdicts.unknown(outgoing));
        int _ = bench.record(Verdict.again(outgoing, Reason.OUTCOME_UNKNOWN, "twilio"));
        messages.publishAgain(id);
        Outgoing second = bench.claimOne(id).outgoing();

        assertThat(bench.record(Verdicts.accepted(outgoing, "SM1"))).isZero();

        assertThat(messages.status(id)).isEqualTo("sending");
        assertThat(messages.hasPromise(id)).isTrue();
        assertThat(messages.column(id, "possible_duplicate")).isEqualTo(true);
        assertThat(bench.record(Verdicts.accepted(second, "SM2"))).isEqualTo(1);
        assertThat(messages.attempts(id)).containsExactly("1 accepted -", "2 accepted -");
    }

    @Test
    void records_the_neighbours_of_a_verdict_that_the_database_does_not_take() throws Exception {
        List<UUID> ids = messages.queued(5);
        List<Verdict> verdicts = bench.claim(ids.toArray(UUID[]::new)).toSend().stream()
                .map(Claims.ToSend::outgoing)
                .map(one -> Verdicts.accepted(one, one.id().equals(ids.get(2)) ? "SM\u0000" : "SM" + one.id()))
                .toList();

        assertThat(bench.ledger.record(verdicts)).isEqualTo(4);

        assertThat(messages.status(ids.get(2))).isEqualTo("sending");
        assertThat(messages.hasPromise(ids.get(2))).isTrue();
    }

    /** The row is rechecked, and the others must not suffer: docs/decisions/0009 tells where PostgreSQL 18 fails in that. */
    @Test
    void records_all_of_a_batch_although_someone_else_is_just_changing_one() throws Exception {
        List<UUID> ids = messages.queued(20);
        List<Verdict> verdicts = bench.claim(ids.toArray(UUID[]::new)).toSend().stream()
                .map(one ->
                        Verdicts.accepted(one.outgoing(), "SM" + one.outgoing().id()))
                .toList();
        SqlConnection other = bench.pool.getConnection().await(5, TimeUnit.SECONDS);
        Transaction change = other.begin().await(5, TimeUnit.SECONDS);
        var _ = other.preparedQuery("UPDATE message SET reference = 'changed' WHERE id = $1")
                .execute(Tuple.of(ids.get(5)))
                .await(5, TimeUnit.SECONDS);

        CompletableFuture<Integer> recorded = CompletableFuture.supplyAsync(() -> bench.recordAll(verdicts));
        await().until(() -> bench.pool
                        .query("SELECT count(*) FROM pg_locks WHERE NOT granted")
                        .execute()
                        .await(5, TimeUnit.SECONDS)
                        .iterator()
                        .next()
                        .getLong(0)
                > 0);
        Void _ = change.commit().await(5, TimeUnit.SECONDS);

        assertThat(recorded.get(10, TimeUnit.SECONDS)).isEqualTo(20);
        Void _ = other.close().await(5, TimeUnit.SECONDS);
    }

    /** Statistics from when the tables were nearly empty are the hard case: the planner takes them for small. */
    @Test
    void never_reads_a_table_from_end_to_end() throws Exception {
        UUID _ = messages.queued().insert();
        messages.execute("ANALYZE");
        List<UUID> ids = messages.queued(300);
        double fullReads = messages.fullReads();
        double indexReads = messages.indexReads();

        List<Verdict> verdicts = bench.claim(ids.toArray(UUID[]::new)).toSend().stream()
                .map(one ->
                        Verdicts.accepted(one.outgoing(), "SM" + one.outgoing().id()))
                .toList();
        assertThat(bench.claim(ids.toArray(UUID[]::new)).size()).isZero();
        assertThat(bench.ledger.record(verdicts)).isEqualTo(300);

        tellCounts();
        await().atMost(Duration.ofSeconds(30)).until(() -> messages.indexReads() > indexReads + 900);
        assertThat(messages.fullReads()).isEqualTo(fullReads);
    }

    /** Each connection of the pool has counts of its own, and tells them by itself only after ten idle seconds. */
    private void tellCounts() throws TimeoutException {
        List<SqlConnection> all = new ArrayList<>();
        while (all.size() < LedgerBench.CONNECTIONS) {
            all.add(bench.pool.getConnection().await(10, TimeUnit.SECONDS));
        }
        for (SqlConnection one : all) {
            var _ = one.query("SELECT pg_stat_force_next_flush()").execute().await(10, TimeUnit.SECONDS);
            Void _ = one.close().await(10, TimeUnit.SECONDS);
        }
    }

    /** Where the rows lie, in the order of the ids. */
    private List<String> pages(List<UUID> ids) {
        String which = ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
        return List.of(messages.text("""
                SELECT string_agg(tableoid::regclass || split_part(ctid::text, ',', 1), ' ' ORDER BY id)
                FROM message WHERE id IN (%s)""".formatted(which)).split(" "));
    }

    private static long moved(List<String> before, List<String> after) {
        return IntStream.range(0, before.size())
                .filter(n -> !before.get(n).equals(after.get(n)))
                .count();
    }

    private Outgoing claimed() throws InterruptedException {
        return bench.claimOne(messages.queued().insert()).outgoing();
    }

    /** As the gateway applies one. */
    private void receipt(UUID id, String status) {
        messages.execute("UPDATE message SET status = ?, settled_at = now() WHERE id = ?", status, id);
        messages.execute("DELETE FROM outbox WHERE message_id = ?", id);
    }
}
