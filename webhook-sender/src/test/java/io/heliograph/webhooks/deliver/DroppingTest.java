package io.heliograph.webhooks.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was promised to an endpoint that is gone, and to one that is back by the time that it is dropped. */
class DroppingTest {
    private static final UUID ENDPOINT = new UUID(0x7000L, 1);
    private static final String DISABLE =
            "UPDATE webhook_endpoint SET disabled_at = now(), disabled_reason = 'failing'";

    private final Vertx vertx = Vertx.vertx();
    private Pool pool;

    @BeforeEach
    void promise() throws Exception {
        DatabaseUrl url = TestDatabase.fresh();
        pool = Database.pool(vertx, IndexedPlans.byNestedLoops(url.connectOptions("dropping-test")), 1);
        execute("INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'acme')");
        execute("INSERT INTO webhook_endpoint (id, account_id, url, secret) VALUES ('" + ENDPOINT
                + "', 1, 'https://app.example.com', 'secret')");
        execute("INSERT INTO event (id, account_id, type, occurred_at, data)"
                + " VALUES (uuid_v7_now(), 1, 'consent.changed', now(), '{}')");
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = pool.close().await(20, TimeUnit.SECONDS);
        Void _ = vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void drops_what_waits_for_an_endpoint_that_is_disabled() throws Exception {
        execute(DISABLE);

        assertThat(new DeliveryStore(pool).drop(ENDPOINT)).isOne();
        assertThat(promised()).isEmpty();
    }

    @Test
    void keeps_what_waits_for_an_endpoint_that_was_enabled_again_meanwhile() throws Exception {
        assertThat(new DeliveryStore(pool).drop(ENDPOINT)).isZero();
        assertThat(promised()).hasSize(1);
    }

    @Test
    void drops_what_was_taken_for_an_endpoint_that_is_disabled() throws Exception {
        execute(DISABLE);

        assertThat(new TryStore(pool).drop(promised())).isOne();
        assertThat(promised()).isEmpty();
    }

    @Test
    void keeps_what_was_taken_for_an_endpoint_that_was_enabled_again_meanwhile() throws Exception {
        assertThat(new TryStore(pool).drop(promised())).isZero();
        assertThat(promised()).hasSize(1);
    }

    @Test
    void drops_what_was_taken_and_has_nothing_to_tell_any_more() throws Exception {
        execute("DELETE FROM event");

        assertThat(new TryStore(pool).drop(promised())).isOne();
    }

    @Test
    void drops_what_was_taken_for_a_callback_that_has_nowhere_to_go_any_more() throws Exception {
        execute("UPDATE webhook_delivery SET endpoint_id = NULL");

        assertThat(new TryStore(pool).drop(promised())).isOne();
    }

    private List<UUID> promised() throws Exception {
        List<UUID> promised = new ArrayList<>();
        pool.query("SELECT id FROM webhook_delivery")
                .execute()
                .await(20, TimeUnit.SECONDS)
                .forEach(row -> promised.add(row.getUUID("id")));
        return promised;
    }

    private void execute(String sql) throws Exception {
        var _ = pool.query(sql).execute().await(20, TimeUnit.SECONDS);
    }
}
