package io.heliograph.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Lane;
import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Taking what is due costs as much as is taken, whatever the size of the table. Counted by PostgreSQL itself: a plan that
 * scanned or sorted the table would have read it.
 */
class TakeDuePlanTest {
    private static final int ROWS = 100_000;

    @Test
    void taking_a_few_of_many_promises_reads_only_a_few() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (TestOutbox outbox = new TestOutbox()) {
            outbox.execute("""
                    INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)
                    SELECT gen_random_uuid(), 'sms', 'normal', 1, now() - n * interval '1 ms', now()
                    FROM generate_series(1, ?) AS n""", ROWS);
            Pool pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 1);
            OutboxStore store = new OutboxStore(pool);
            List<QueueAsk> asks = Arrays.stream(Lane.values())
                    .map(lane -> new QueueAsk(new Line(new QueueKey(lane, "sms"), 1), DueFloors.ALL, 50, false))
                    .toList();

            List<TakenPromises> taken = store.takeDue(asks, PublishLimits.DEFAULTS);
            Void _ = pool.close().await(10, TimeUnit.SECONDS);

            assertThat(taken).singleElement().satisfies(promises -> {
                assertThat(promises.key()).isEqualTo(new QueueKey(Lane.NORMAL, "sms"));
                assertThat(promises.size()).isEqualTo(50);
            });
            // Sessions report what they did when they end.
            await().until(() ->
                    outbox.count("SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'outbox'") == 50);
            assertThat(outbox.count("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'outbox'"))
                    .isZero();
            assertThat(outbox.count("SELECT idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'outbox'"))
                    .isBetween(50L, 500L);
        } finally {
            Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        }
    }
}
