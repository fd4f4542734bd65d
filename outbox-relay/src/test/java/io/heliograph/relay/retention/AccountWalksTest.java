package io.heliograph.relay.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Loop;
import io.heliograph.runtime.Metrics;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What accounts keep for less long than the days that it lies in. */
class AccountWalksTest {
    private final Vertx vertx = Vertx.vertx();
    private TestOutbox outbox;
    private OldDays days;
    private Pool pool;
    private AccountWalks walks;

    @BeforeEach
    void start() throws Exception {
        outbox = new TestOutbox();
        days = new OldDays(outbox);
        pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 4);
        walks = walks();
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    /** In small steps. */
    private AccountWalks walks() {
        return new AccountWalks(pool, new RetentionMeters(Metrics.registry()), 3);
    }

    @Test
    void has_nothing_to_do_where_everybody_keeps_everything_as_long() throws Exception {
        UUID _ = days.delivered(1, 300);

        assertThat(walks.begin()).isZero();
        assertThat(walks.content() + walks.rows() + walks.events()).isZero();
    }

    @Test
    void takes_texts_and_numbers_out_of_messages_that_stay() throws Exception {
        days.keepOf(1, "message_content", 30);
        List<UUID> old = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            old.add(days.delivered(1, 31 + i));
        }
        UUID young = days.delivered(1, 29);
        UUID others = days.delivered(2, 60);

        assertThat(walks.begin()).isEqualTo(1);
        run(walks::content);

        for (UUID id : old) {
            assertThat(days.text(
                            "SELECT status || recipient || body || coalesce(reference, '') || coalesce(metadata::text, '')"
                                    + " || coalesce(fallback::text, '') || (redacted_at IS NOT NULL) FROM message WHERE id = '"
                                    + id + "'"))
                    .isEqualTo("deliveredtrue");
            assertThat(days.text(
                            "SELECT fields::text || coalesce(recipient_digits, '') FROM callback WHERE message_id = '"
                                    + id + "'"))
                    .isEqualTo("{}");
        }
        assertThat(body(young)).isEqualTo("Your table is ready");
        assertThat(body(others)).isEqualTo("Your table is ready");
    }

    @Test
    void takes_messages_out_of_days_that_another_account_keeps() throws Exception {
        days.keep("messages", 30);
        days.keepOf(2, "messages", 400);
        days.day(40);
        UUID mine = days.delivered(1, 40);
        UUID young = days.delivered(1, 30);
        UUID others = days.delivered(2, 40);

        int _ = walks.begin();
        run(walks::rows);

        assertThat(days.left(mine)).isEqualTo("0 0 0");
        assertThat(days.left(young)).isEqualTo("1 1 1");
        assertThat(days.left(others)).isEqualTo("1 1 1");
    }

    @Test
    void comes_back_for_what_had_not_settled() throws Exception {
        days.keepOf(1, "message_content", 30);
        UUID waits = days.message(1, 35, "scheduled", 0);
        days.promise(waits);
        UUID justSettled = days.message(1, 35, "sent", 1);
        UUID done = days.delivered(1, 35);
        int _ = walks.begin();
        run(walks::content);

        assertThat(body(done)).isEmpty();
        assertThat(body(waits)).isEqualTo("Your table is ready");
        assertThat(body(justSettled)).isEqualTo("Your table is ready");

        outbox.execute("DELETE FROM outbox");
        outbox.execute("UPDATE message SET status = 'sent', settled_at = now() - interval '4 days' WHERE body <> ''");
        outbox.execute("UPDATE retention_late SET due_at = now()");
        run(walks::content);

        assertThat(body(waits) + body(justSettled)).isEmpty();
        assertThat(outbox.count("SELECT count(*) FROM retention_late")).isZero();
    }

    @Test
    void forgets_nothing_that_an_account_has_decided_to_keep_longer_meanwhile() throws Exception {
        days.keepOf(1, "message_content", 30);
        UUID waits = days.message(1, 35, "sent", 1);
        int _ = walks.begin();
        run(walks::content);
        days.keepOf(1, "message_content", 100);
        outbox.execute("UPDATE retention_late SET due_at = now()");
        outbox.execute("UPDATE message SET settled_at = now() - interval '4 days'");

        run(walks::content);

        assertThat(body(waits)).isEqualTo("Your table is ready");
    }

    @Test
    void waits_for_nobody_who_holds_a_message_and_comes_back_for_it() throws Exception {
        days.keepOf(1, "message_content", 30);
        UUID held = days.delivered(1, 35);
        UUID free = days.delivered(1, 35);
        int _ = walks.begin();

        try (Connection receipt = outbox.connect()) {
            receipt.setAutoCommit(false);
            receipt.createStatement().execute("SELECT FROM message WHERE id = '" + held + "' FOR NO KEY UPDATE");
            run(walks::content);
        }
        assertThat(body(held)).isEqualTo("Your table is ready");
        assertThat(body(free)).isEmpty();

        outbox.execute("UPDATE retention_late SET due_at = now()");
        run(walks::content);
        assertThat(body(held)).isEmpty();
    }

    @Test
    void may_be_done_by_several_relays_at_once() throws Exception {
        days.keep("messages", 30);
        days.keepOf(2, "messages", 400);
        days.keepOf(2, "message_content", 30);
        for (int i = 0; i < 40; i++) {
            UUID _ = days.delivered(1 + i % 2, 40);
        }
        int _ = walks.begin();

        try (var relays = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = relays.invokeAll(IntStream.range(0, 3)
                    .mapToObj(_ -> walks())
                    .<Callable<Integer>>map(one -> () -> {
                        run(one::rows);
                        run(one::content);
                        return 0;
                    })
                    .toList());
            for (var run : runs) {
                assertThat(run.get()).isZero();
            }
        }
        run(walks::rows);
        run(walks::content);

        assertThat(outbox.count("SELECT count(*) FROM message WHERE account_id = 1"))
                .isZero();
        assertThat(outbox.count("SELECT count(*) FROM message WHERE account_id = 2 AND body = ''"))
                .isEqualTo(20);
        assertThat(outbox.count("SELECT count(*) FROM attempt")).isEqualTo(20);
    }

    @Test
    void takes_events_out_of_days_that_another_account_keeps_and_tells_readers_of_a_gap() throws Exception {
        days.keepOf(1, "events", 3);
        outbox.execute(
                "INSERT INTO event_listening (account_id, until, since) VALUES (1, now() + interval '1 day', '1')");
        outbox.execute(
                "INSERT INTO event (id, account_id, type, occurred_at) SELECT (substr(uuid_v7_floor(now() - days * interval '1 day')::text, 1, 14)"
                        + " || substr(gen_random_uuid()::text, 15))::uuid, account, 'message.sent', now()"
                        + " FROM unnest('{6, 5, 4, 2, 1}'::int[]) days, unnest('{1, 2}'::int[]) account");

        assertThat(walks.begin()).isEqualTo(1);
        run(walks::events);

        assertThat(outbox.count("SELECT count(*) FROM event WHERE account_id = 1"))
                .isEqualTo(2);
        assertThat(outbox.count("SELECT count(*) FROM event WHERE account_id = 2"))
                .isEqualTo(5);
        assertThat(outbox.count("SELECT count(*) FROM event_listening l JOIN event e USING (account_id)"
                        + " WHERE l.since > e.xid AND l.since <= event_horizon()"))
                .isEqualTo(2);
    }

    private String body(UUID id) throws Exception {
        return days.text("SELECT body FROM message WHERE id = '" + id + "'");
    }

    /** Until it has nothing to do, as its loop does. */
    private void run(Loop.Step step) throws Exception {
        while (step.runOnce() > 0) {
            // The next account, or the next messages.
        }
    }
}
