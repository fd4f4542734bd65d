package io.heliograph.worker.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Metrics;
import io.heliograph.worker.provider.ReceiptSource;
import io.heliograph.worker.provider.ReceiptSource.Told;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.testing.LedgerBench;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that were sent long ago and of which no receipt came. Twilio, here, says what a test tells it to. */
class AskForReceiptsTest {
    private static final Duration AFTER = Duration.ofHours(1);

    private final LedgerBench bench = new LedgerBench();
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private final Map<String, Told> provider = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean leftAlone;
    private boolean messagesLackSlots;
    private final ReceiptSource source = new ReceiptSource() {
        @Override
        public Told receiptOf(String providerMessageId, @Nullable SendBy sendBy) {
            asked.add(providerMessageId);
            return provider.getOrDefault(providerMessageId, new Told.NotFound());
        }

        @Override
        public boolean hasToWait() {
            return messagesLackSlots;
        }
    };
    private final AskForReceipts ask = new AskForReceipts(
            new AskForReceipts.Account("main", "twilio", AFTER, source),
            new ReceiptStore(bench.pool),
            new ReceiptMeters(registry),
            () -> leftAlone);
    private final OverdueReceipts overdue =
            new OverdueReceipts(new WalkStore(bench.pool), new ReceiptMeters(registry), () -> Map.of("main", AFTER));

    @BeforeEach
    void beginTheWalkWithTheMessagesOfThisTest() {
        bench.messages.execute("UPDATE receipt_walk SET position = uuid_v7_floor(now() - interval '1 minute')");
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void are_asked_for_and_what_is_told_waits_for_a_gateway_like_a_receipt() throws Exception {
        UUID id = sent("SM1", "2 hours");
        provider.put("SM1", new Told.Status("undelivered", "30003"));

        walk();
        int _ = ask.runOnce();

        assertThat(bench.messages.text(
                        "SELECT message_id || ' ' || attempt || ' ' || provider || ' ' || provider_message_id"
                                + " || ' ' || provider_status || ' ' || code || ' ' || dedupe_key || ' ' || (applied_at IS NULL)"
                                + " FROM callback"))
                .isEqualTo(id + " 1 twilio SM1 undelivered 30003 twilio:SM1:undelivered true");
        assertThat(counted("news")).isOne();
    }

    @Test
    void are_not_asked_for_before_their_time() throws Exception {
        UUID _ = sent("SM1", "10 minutes");

        walk();
        int _ = ask.runOnce();

        assertThat(asked).isEmpty();
        assertThat(notes()).isOne();
    }

    @Test
    void are_not_asked_for_when_they_have_come() throws Exception {
        UUID before = sent("SM1", "2 hours");
        move(before, "delivered");
        walk();
        assertThat(notes()).isZero();
        UUID after = sent("SM2", "2 hours");
        walk();
        move(after, "delivered");

        int _ = ask.runOnce();

        assertThat(asked).isEmpty();
        assertThat(notes()).isZero();
    }

    @Test
    void are_asked_for_again_at_growing_intervals_until_they_are_given_up() throws Exception {
        UUID _ = sent("SM1", "2 hours");
        provider.put("SM1", new Told.Status("sent", null));
        walk();
        List<Long> hours = new ArrayList<>();

        for (int i = 0; i < 9; i++) {
            int _ = ask.runOnce();
            int _ = ask.runOnce();
            hours.add((long) bench.messages.number(
                    "SELECT coalesce(round(extract(epoch FROM min(due_at) - now()) / 3600), 0) FROM receipt_due"));
            bench.messages.execute("UPDATE receipt_due SET due_at = now()");
        }

        assertThat(asked).hasSize(8);
        assertThat(hours).containsExactly(1L, 2L, 4L, 8L, 16L, 24L, 24L, 24L, 0L);
        assertThat(notes()).isZero();
        assertThat(counted("news")).isOne();
        assertThat(counted("nothing_new")).isEqualTo(7);
        assertThat(counted("given_up")).isOne();
    }

    @Test
    void are_given_up_when_the_send_is_too_long_ago() throws Exception {
        UUID _ = sent("SM1", "2 hours");
        walk();
        bench.messages.execute("UPDATE message SET sent_at = now() - interval '97 hours'");

        int _ = ask.runOnce();

        assertThat(asked).isEmpty();
        assertThat(notes()).isZero();
        assertThat(counted("given_up")).isOne();
    }

    @Test
    void are_asked_for_once_a_message_that_waited_was_sent() throws Exception {
        UUID id = bench.messages
                .queued()
                .with("status", "'scheduled'")
                .with("send_at", "now() + interval '3 days'")
                .with("created_at", "now() - interval '2 hours'")
                .insert();
        walk();
        assertThat(bench.messages.text(
                        "SELECT provider IS NULL AND due_at > now() + interval '2 days' FROM receipt_due"))
                .isEqualTo("true");
        record(id, "SM1", "2 hours");
        bench.messages.execute("UPDATE receipt_due SET due_at = now()");

        int _ = overdue.runOnce();
        int _ = ask.runOnce();

        assertThat(asked).containsExactly("SM1");
    }

    @Test
    void are_forgotten_when_a_message_that_waited_ended_otherwise() throws Exception {
        UUID id = bench.messages.queued().insert();
        walk();
        assertThat(notes()).isOne();
        move(id, "failed");
        bench.messages.execute("UPDATE receipt_due SET due_at = now()");

        int _ = overdue.runOnce();

        assertThat(notes()).isZero();
    }

    @Test
    void are_asked_for_by_the_id_of_an_earlier_receipt_when_the_answer_to_the_send_was_lost() throws Exception {
        UUID id = sent("SM1", "2 hours");
        bench.messages.execute("UPDATE attempt SET provider_message_id = NULL");
        bench.messages.execute(
                "INSERT INTO callback (id, received_at, provider, message_id, attempt, provider_message_id, provider_status,"
                        + " dedupe_key, fields, applied_at)"
                        + " VALUES (gen_random_uuid(), now(), 'twilio', ?, 1, 'SM7', 'sent', 'k', '{}', now())",
                id);
        walk();

        int _ = ask.runOnce();

        assertThat(asked).containsExactly("SM7");
    }

    @Test
    void are_asked_for_at_a_bounded_rate_and_not_while_the_provider_is_left_alone() throws Exception {
        for (int i = 0; i < 25; i++) {
            UUID _ = sent("SM" + i, "2 hours");
        }
        walk();

        leftAlone = true;
        assertThat(ask.runOnce()).isZero();
        leftAlone = false;
        assertThat(ask.runOnce()).isEqualTo(AskForReceipts.LOOK_UPS_A_ROUND_MAX);
        assertThat(asked).hasSize(AskForReceipts.LOOK_UPS_A_ROUND_MAX);
        int _ = ask.runOnce();
        int _ = ask.runOnce();
        assertThat(asked).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void are_not_asked_for_while_messages_lack_the_slots_that_it_would_take() throws Exception {
        UUID _ = sent("SM1", "2 hours");
        walk();

        messagesLackSlots = true;
        assertThat(ask.runOnce()).isZero();
        messagesLackSlots = false;
        assertThat(ask.runOnce()).isOne();

        assertThat(asked).containsExactly("SM1");
    }

    @Test
    void are_asked_for_soon_again_when_the_provider_could_not_be_asked() throws Exception {
        UUID _ = sent("SM1", "2 hours");
        UUID _ = sent("SM2", "2 hours");
        provider.put("SM1", new Told.Unavailable("answer_lost"));
        provider.put("SM2", new Told.Unavailable("answer_lost"));
        walk();

        int _ = ask.runOnce();

        assertThat(asked).hasSize(1);
        assertThat(bench.messages.text("SELECT max(look_ups) || ' ' || (max(due_at) < now() + interval '2 minutes')"
                        + " FROM receipt_due"))
                .isEqualTo("0 true");
        assertThat(counted("unavailable")).isOne();
    }

    @Test
    void are_only_counted_where_nobody_can_be_asked_and_stay_as_they_are() throws Exception {
        AskForReceipts nobody = new AskForReceipts(
                new AskForReceipts.Account("main", "fast2sms", AFTER, null),
                new ReceiptStore(bench.pool),
                new ReceiptMeters(registry),
                () -> true);
        UUID id = sent("R1", "2 hours");
        UUID arrived = sent("R2", "2 hours");
        UUID _ = sent("R3", "10 minutes");
        walk();
        move(arrived, "delivered");

        assertThat(nobody.runOnce()).isOne();
        assertThat(nobody.runOnce()).isZero();

        assertThat(bench.messages.status(id)).isEqualTo("sent");
        assertThat(notes()).isOne();
        assertThat(registry.get("heliograph_receipts_missing")
                        .tags("provider", "main")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void are_found_once_however_often_the_walk_is_begun_anew() throws Exception {
        UUID _ = sent("SM1", "2 hours");

        walk();
        walk();
        beginTheWalkWithTheMessagesOfThisTest();
        walk();

        assertThat(notes()).isOne();
    }

    /** Ids are of now, and the walk stays behind them: for it they are made as old as it wants them. */
    private void walk() throws Exception {
        WalkStore.Step _ = new WalkStore(bench.pool)
                .walk(Map.of("main", AFTER), Duration.ofMinutes(-1), Duration.ofDays(4), 5_000, 100_000)
                .await(10, TimeUnit.SECONDS);
    }

    private UUID sent(String providerMessageId, String before) {
        UUID id = bench.messages.queued().insert();
        record(id, providerMessageId, before);
        return id;
    }

    private void record(UUID id, String providerMessageId, String before) {
        bench.messages.execute("DELETE FROM outbox WHERE message_id = ?", id);
        bench.messages.execute(
                "UPDATE message SET status = 'sent', attempt = 1, provider = 'main', settled_at = now(),"
                        + " sent_at = now() - interval '" + before + "' WHERE id = ?",
                id);
        bench.messages.execute(
                "INSERT INTO attempt (message_id, n, provider, provider_message_id, outcome, started_at, finished_at)"
                        + " VALUES (?, 1, 'main', ?, 'accepted', now(), now())",
                id,
                providerMessageId);
    }

    private void move(UUID id, String status) {
        bench.messages.execute("DELETE FROM outbox WHERE message_id = ?", id);
        bench.messages.execute("UPDATE message SET status = ?, settled_at = now() WHERE id = ?", status, id);
    }

    private long notes() {
        return (long) bench.messages.number("SELECT count(*) FROM receipt_due");
    }

    private double counted(String result) {
        return registry.get("heliograph_receipts_looked_up")
                .tags("provider", "main", "result", result)
                .counter()
                .count();
    }
}
