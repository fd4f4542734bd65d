package io.heliograph.webhooks.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.testing.TestDatabase;
import io.heliograph.webhooks.deliver.DeliveryStore.DueLine;
import io.heliograph.webhooks.deliver.Lines.Ask;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Looking for due callbacks and taking some costs by the line and by what is taken, whatever waits. Counted by PostgreSQL itself: a plan
 * that scanned or sorted a line would have read it.
 */
class TakeCallbacksPlanTest {
    private static final String PROMISES = """
        INSERT INTO webhook_delivery (id, account_id, event_id, callback_line, due_at, created_at)
        SELECT gen_random_uuid(), 1 + n % 2, gen_random_uuid(), n % 8, now() - n * interval '1 ms', now()
        FROM generate_series(1, 100000) AS n""";

    private final Vertx vertx = Vertx.vertx();

    @Test
    void looking_and_taking_a_few_of_many_callbacks_reads_only_a_few() throws Exception {
        DatabaseUrl url = TestDatabase.fresh();
        try (Connection connection = TestDatabase.connect(url);
                Statement sql = connection.createStatement()) {
            boolean _ = sql.execute(PROMISES);
            Pool pool = Database.pool(vertx, IndexedPlans.byNestedLoops(url.connectOptions("plan-test")), 1);
            DeliveryStore store = new DeliveryStore(pool);

            List<DueLine> due = store.dueLines();
            List<Ask> asks =
                    due.stream().map(found -> new Ask(found.line(), 10)).toList();
            List<Delivery> taken = store.take(asks, Duration.ofMinutes(1));
            Void _ = pool.close().await(10, TimeUnit.SECONDS);

            assertThat(due).hasSize(8);
            assertThat(taken)
                    .hasSize(80)
                    .allSatisfy(delivery ->
                            assertThat(due.stream().map(DueLine::line)).contains(delivery.line()));
            // Sessions report what they did when they end.
            await().until(() -> count(sql, "n_tup_upd") == 80);
            assertThat(count(sql, "seq_tup_read")).isZero();
            assertThat(count(sql, "idx_tup_fetch")).isBetween(80L, 800L);
        } finally {
            Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static long count(Statement sql, String what) throws Exception {
        try (ResultSet rows =
                sql.executeQuery("SELECT " + what + " FROM pg_stat_user_tables WHERE relname = 'webhook_delivery'")) {
            return rows.next() ? rows.getLong(1) : -1;
        }
    }
}
