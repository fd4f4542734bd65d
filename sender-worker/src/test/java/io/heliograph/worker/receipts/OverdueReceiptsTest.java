package io.heliograph.worker.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Metrics;
import io.heliograph.worker.testing.LedgerBench;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which messages nobody is asked for although their receipt is overdue: each is counted, and none holds up others. */
class OverdueReceiptsTest {
    private static final Map<String, Duration> AFTER =
            Map.of("main", Duration.ofHours(1), "other", Duration.ofHours(2));
    private static final Duration AGE_MAX = Duration.ofDays(4);
    /** Ids are of now, and the walk stays behind them. */
    private static final Duration LEAST = Duration.ofMinutes(-1);

    private final LedgerBench bench = new LedgerBench();
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private final WalkStore store = new WalkStore(bench.pool);
    private final OverdueReceipts overdue = new OverdueReceipts(store, new ReceiptMeters(registry), () -> AFTER);

    @BeforeEach
    void beginTheWalkWithTheMessagesOfThisTest() {
        bench.messages.execute("UPDATE receipt_walk SET position = uuid_v7_floor(now() - interval '1 minute')");
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void what_is_too_much_for_one_provider_holds_up_no_other() throws Exception {
        UUID _ = sent("main", "2 hours");
        UUID _ = sent("main", "2 hours");
        UUID _ = sent("main", "2 hours");
        UUID _ = sent("other", "2 hours");

        WalkStore.Step step = walk(2);

        assertThat(notes()).isEqualTo("main main other");
        assertThat(step).isEqualTo(new WalkStore.Step(4, Map.of("main", 1)));
        assertThat(walk(2)).isEqualTo(new WalkStore.Step(0, Map.of()));
    }

    @Test
    void the_notes_of_an_account_that_is_gone_do_not_stop_the_walk() throws Exception {
        note("gone", "2 hours");
        note("gone", "2 hours");
        UUID _ = sent("main", "2 hours");

        WalkStore.Step _ = walk(1);

        assertThat(notes()).isEqualTo("gone gone main");
    }

    @Test
    void the_notes_of_an_account_that_is_gone_are_forgotten_once_every_worker_knows() throws Exception {
        note("away", "2 hours");
        note("gone", "2 hours");
        note("gone", "2 hours");
        note("just gone", "10 minutes");
        note("main", "2 hours");

        int _ = overdue.runOnce();

        assertThat(notes()).isEqualTo("just gone main");
        assertThat(givenUp("gone")).isEqualTo(2);
        assertThat(givenUp("away")).isOne();
    }

    @Test
    void what_was_sent_too_long_ago_is_given_up_where_it_is_found() throws Exception {
        UUID _ = sent("main", "97 hours");
        UUID _ = sent("main", "2 hours");

        WalkStore.Step step = walk(1);

        assertThat(notes()).isEqualTo("main");
        assertThat(step.givenUp()).isEqualTo(Map.of("main", 1));
    }

    @Test
    void a_walk_that_was_behind_passes_over_nothing() throws Exception {
        bench.messages.execute("UPDATE receipt_walk SET position = uuid_v7_floor(now() - interval '30 days')");
        UUID id = sent("main", "97 hours");
        bench.messages.execute("UPDATE message SET id = uuid_v7_floor(now() - interval '5 days') WHERE id = ?", id);

        assertThat(walk(1)).isEqualTo(new WalkStore.Step(1, Map.of("main", 1)));
    }

    @Test
    void the_bound_holds_for_what_waited_too() throws Exception {
        UUID _ = sent("main", "2 hours");
        UUID _ = sent("main", "2 hours");
        WalkStore.Step _ = walk(5);
        bench.messages.execute("UPDATE receipt_due SET provider = NULL, due_at = now()");

        WalkStore.Step step = store.settle(AFTER, LEAST, 10, 1).await(10, TimeUnit.SECONDS);

        assertThat(step).isEqualTo(new WalkStore.Step(2, Map.of("main", 1)));
        assertThat(notes()).isEqualTo("main");
    }

    private WalkStore.Step walk(int notesMax) throws Exception {
        return store.walk(AFTER, LEAST, AGE_MAX, 5_000, notesMax).await(10, TimeUnit.SECONDS);
    }

    private UUID sent(String provider, String before) {
        UUID id = bench.messages.queued().insert();
        bench.messages.execute("DELETE FROM outbox WHERE message_id = ?", id);
        bench.messages.execute(
                "UPDATE message SET status = 'sent', attempt = 1, provider = ?, settled_at = now(),"
                        + " sent_at = now() - interval '" + before + "' WHERE id = ?",
                provider,
                id);
        return id;
    }

    private void note(String provider, String dueBefore) {
        bench.messages.execute(
                "INSERT INTO receipt_due (message_id, provider, due_at)"
                        + " VALUES (gen_random_uuid(), ?, now() - interval '" + dueBefore + "')",
                provider);
    }

    private String notes() {
        return bench.messages.text("SELECT coalesce(string_agg(provider, ' ' ORDER BY provider), '') FROM receipt_due");
    }

    private double givenUp(String provider) {
        return registry.get("heliograph_receipts_looked_up")
                .tags("provider", provider, "result", "given_up")
                .counter()
                .count();
    }
}
