package io.heliograph.relay.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Lane;
import io.heliograph.contract.MessageStatus;
import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sums that are right to the message, whoever moves what while they are made. */
class FoldAnalyticsTest {
    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private TestOutbox outbox;
    private Pool pool;
    private FoldAnalytics fold;

    @BeforeEach
    void start() throws Exception {
        outbox = new TestOutbox();
        pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 4);
        fold = new FoldAnalytics(pool, Duration.ZERO, registry);
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    @Test
    void counts_what_is_older_than_its_delay() throws Exception {
        var _ = outbox.due(Lane.NORMAL, 10);
        FoldAnalytics later = new FoldAnalytics(pool, Duration.ofMinutes(1), Metrics.registry());
        for (int i = 0; i < 6; i++) {
            int _ = later.runOnce();
        }
        assertThat(accepted()).isZero();

        foldAll();

        assertThat(accepted()).isEqualTo(10);
        assertThat(registry.scrape()).containsPattern("heliograph_analytics_lag_seconds \\d");
    }

    @Test
    void waits_for_whoever_moves_a_message_without_knowing_that_it_is_listed() throws Exception {
        var id = outbox.messageWithoutPromise(MessageStatus.SENT);
        try (Connection gateway = outbox.connect();
                Statement statement = gateway.createStatement()) {
            gateway.setAutoCommit(false);
            statement.execute("UPDATE message SET status = 'delivered' WHERE id = '" + id + "'");
            for (int i = 0; i < 6; i++) {
                int _ = fold.runOnce();
            }
            assertThat(accepted()).isZero();
            gateway.commit();
        }

        foldAll();

        assertThat(sum("delivered")).isOne();
        assertThat(sum("sent")).isZero();
        assertThat(outbox.count("SELECT count(*) FROM analytics_change")).isZero();
    }

    @Test
    void writes_nothing_for_messages_that_come_to_their_end_before_they_are_counted() throws Exception {
        var _ = outbox.due(Lane.NORMAL, 10);
        outbox.execute("UPDATE message SET status = 'sending', attempt = 1, provider = 'main'");
        outbox.execute("UPDATE message SET status = 'sent', sent_at = now(), settled_at = now()");
        outbox.execute("UPDATE message SET status = 'delivered'");

        assertThat(outbox.count("SELECT count(*) FROM analytics_change")).isZero();
    }

    @Test
    void writes_nothing_for_a_claim_however_late() throws Exception {
        var _ = outbox.due(Lane.NORMAL, 10);
        foldAll();
        outbox.execute("UPDATE message SET status = 'sending', attempt = 1, provider = 'main'");
        outbox.execute("UPDATE message SET status = 'queued'");
        outbox.execute("UPDATE message SET status = 'sending', attempt = 2, provider = 'other'");

        assertThat(outbox.count("SELECT count(*) FROM analytics_change")).isZero();
    }

    @Test
    void keeps_to_a_few_messages_at_a_time_and_says_that_there_are_more() throws Exception {
        var _ = outbox.due(Lane.NORMAL, 30);
        outbox.execute("UPDATE message SET status = 'failed', reason = 'refused_by_provider', settled_at = now()");
        AnalyticsFoldStore store = new AnalyticsFoldStore(pool);
        int rounds = 0;
        while (accepted() < 30) {
            boolean _ = store.fold(Duration.ZERO, 10).await(10, TimeUnit.SECONDS);
            assertThat(accepted() % 10).isZero();
            assertThat(++rounds).isLessThan(50);
        }

        assertThat(rounds).isGreaterThan(5);
        assertThat(sum("failed")).isEqualTo(30);
    }

    @Test
    void finds_and_mends_sums_that_are_wrong() throws Exception {
        var _ = outbox.due(Lane.NORMAL, 10);
        foldAll();
        outbox.execute("UPDATE analytics SET accepted = accepted - 3");
        LocalDate today = today();

        assertThat(RecountAnalytics.recount(outbox.url(), today, false)).isOne();

        assertThat(accepted()).isEqualTo(10);
        assertThat(RecountAnalytics.recount(outbox.url(), today, false)).isZero();
    }

    @Test
    void is_right_to_the_message_while_others_accept_move_and_fold() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> folders = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                FoldAnalytics folder = new FoldAnalytics(pool, Duration.ZERO, Metrics.registry());
                folders.add(others.submit(() -> {
                    while (!over.get()) {
                        int _ = folder.runOnce();
                    }
                    return null;
                }));
            }
            List<Future<?>> movers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int seed = i;
                movers.add(others.submit(() -> {
                    move(new Random(seed));
                    return null;
                }));
            }
            for (Future<?> mover : movers) {
                mover.get(60, TimeUnit.SECONDS);
            }
            over.set(true);
            for (Future<?> folder : folders) {
                folder.get(10, TimeUnit.SECONDS);
            }
        }
        foldAll();

        assertThat(accepted()).isEqualTo(outbox.count("SELECT count(*) FROM message"));
        for (String status : List.of("sent", "delivered", "read", "undelivered", "failed", "canceled")) {
            assertThat(sum(status))
                    .as(status)
                    .isEqualTo(outbox.count("SELECT count(*) FROM message WHERE status = '" + status + "'"));
        }
        assertThat(RecountAnalytics.recount(outbox.url(), today(), false)).isZero();
    }

    /** Accepts messages and moves any that it meets, in transactions that last. */
    private void move(Random random) throws SQLException {
        try (Connection connection = outbox.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int round = 0; round < 120; round++) {
                statement.execute("""
                    INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at, expires_at,
                                         recipient, body)
                    SELECT uuid_v7_now(), 1 + n %% 2, 'queued', 'sms', 'normal', 'fail', n, 'gsm7', now(), now(),
                           '+' || (ARRAY['1', '44', '91'])[n] || '5005550010', 'Hello'
                    FROM generate_series(1, %d) AS n""".formatted(1 + random.nextInt(3)));
                for (int moves = random.nextInt(3); moves >= 0; moves--) {
                    statement.execute("""
                        WITH some_of_them AS (
                          SELECT id FROM message WHERE get_byte(uuid_send(id), 15) %% 16 = %d ORDER BY id DESC LIMIT 20 FOR UPDATE SKIP LOCKED)
                        UPDATE message m
                        SET status = t.status, attempt = 1, provider = coalesce(m.provider, 'p%d'),
                            reason = CASE WHEN t.status IN ('failed', 'undelivered', 'canceled') THEN 'refused_by_carrier' END,
                            sent_at = CASE WHEN t.status = 'sent' THEN now() ELSE m.sent_at END,
                            settled_at = CASE WHEN message_is_settled(t.status) THEN now() END
                        FROM (SELECT '%s' AS status) AS t
                        WHERE m.id IN (SELECT id FROM some_of_them) AND message_may_move(m.status, t.status)""".formatted(
                                    random.nextInt(16),
                                    random.nextInt(2),
                                    List.of(
                                                    "sending",
                                                    "queued",
                                                    "sent",
                                                    "delivered",
                                                    "read",
                                                    "undelivered",
                                                    "failed",
                                                    "canceled")
                                            .get(random.nextInt(8))));
                }
                // Now and then it goes on in the same transaction.
                switch (random.nextInt(10)) {
                    case 0, 1 -> {}
                    case 2 -> connection.rollback();
                    default -> connection.commit();
                }
            }
            connection.commit();
        }
    }

    private void foldAll() throws SQLException {
        String now = text("SELECT uuid_v7_floor(clock_timestamp() + interval '2 milliseconds')::text");
        await().until(() -> {
            int _ = fold.runOnce();
            return outbox.count("SELECT count(*) FROM analytics_position WHERE counted > '" + now + "'") == 1;
        });
    }

    private long accepted() throws SQLException {
        return sum("accepted");
    }

    private long sum(String column) throws SQLException {
        return outbox.count("SELECT coalesce(sum(" + column + "), 0) FROM analytics");
    }

    private LocalDate today() throws SQLException {
        return LocalDate.parse(text("SELECT ((now() AT TIME ZONE 'UTC')::date)::text"));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = outbox.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            boolean _ = rows.next();
            return rows.getString(1);
        }
    }
}
