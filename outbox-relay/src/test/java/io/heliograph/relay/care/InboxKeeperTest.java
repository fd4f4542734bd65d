package io.heliograph.relay.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of inboxes that nobody empties. */
class InboxKeeperTest {
    private final Vertx vertx = Vertx.vertx();
    private TestOutbox outbox;
    private Pool pool;

    @BeforeEach
    void start() throws Exception {
        outbox = new TestOutbox();
        pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 2);
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    @Test
    void forgets_items_and_tokens_whose_time_is_over() throws Exception {
        items(1, "ann", 3);
        outbox.execute("UPDATE inbox_item SET expires_at = now() - interval '1 second' WHERE title <> '3'");
        outbox.execute(
                "INSERT INTO inbox_token (token_hash, account_id, user_id, expires_at)"
                        + " SELECT sha256(n::text::bytea), 1, 'ann', now() + n * interval '1 minute' FROM generate_series(-2, 3) n");
        InboxKeeper keeper = new InboxKeeper(pool);

        assertThat(keeper.prune()).isEqualTo(2);
        assertThat(keeper.prune()).isZero();

        assertThat(outbox.count("SELECT count(*) FROM inbox_item WHERE title = '3'"))
                .isEqualTo(1);
        assertThat(outbox.count("SELECT count(*) FROM inbox_token")).isEqualTo(3);
    }

    @Test
    void keeps_the_newest_of_a_full_inbox_and_walks_round_and_round_from_inbox_to_inbox() throws Exception {
        items(1, "ann", 7);
        items(1, "bob", 5);
        items(1, "cal", 2);
        items(2, "ann", 6);
        InboxKeeper keeper = new InboxKeeper(pool, 5, 2);

        assertThat(keeper.trim()).isEqualTo(2);
        assertThat(keeper.trim()).isEqualTo(1);
        // Both rounds were whole, so it does not know yet that there is nothing behind the last one.
        assertThat(keeper.trim()).isZero();
        items(1, "ann", 1);
        assertThat(keeper.trim()).isEqualTo(1);

        assertThat(outbox.count("SELECT count(*) FROM inbox_item")).isEqualTo(5 + 5 + 2 + 5);
        assertThat(outbox.count("SELECT min(title::int) FROM inbox_item WHERE account_id = 2"))
                .isEqualTo(2);
    }

    private void items(long account, String user, int count) throws Exception {
        for (int n = 1; n <= count; n++) {
            outbox.execute(
                    "INSERT INTO inbox_item (account_id, user_id, id, notification_id, type, category, title, body, created_at,"
                            + " expires_at) VALUES (" + account + ", '" + user + "', uuid_v7_floor(clock_timestamp() + "
                            + (count == 1 ? 99 : n)
                            + " * interval '1 second'), uuid_v7_now(), 'order_created', 'orders', '" + n
                            + "', 'body', now(), now() + interval '1 day')");
        }
    }
}
