package io.heliograph.providers.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.runtime.Database;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every version of PostgreSQL that is supported has to read this; the one of the build says which it is tried with. */
class FleetStoreTest {
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = Database.pool(vertx, TestDatabase.fresh(), "test", 1);

    @BeforeEach
    void oneProvider() throws Exception {
        execute("INSERT INTO provider_state (provider) VALUES ('first')");
        execute("INSERT INTO send_rate (scope, per_second) VALUES ('provider:first', 10)");
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    /** Its pause ends at minus infinity, from which PostgreSQL 15 and 16 cannot subtract, and later ones get minus infinity. */
    @Test
    void reads_a_provider_that_has_never_paused() throws Exception {
        assertThat(delay()).isZero();
    }

    @Test
    void reads_how_long_a_provider_still_pauses() throws Exception {
        execute("UPDATE send_rate SET paused_until = now() + interval '7 seconds'");

        assertThat(delay()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7));
    }

    @Test
    void reads_a_provider_whose_pause_is_over() throws Exception {
        execute("UPDATE send_rate SET paused_until = now() - interval '7 seconds'");

        assertThat(delay()).isZero();
    }

    @Test
    void counts_the_time_until_a_provider_that_is_down_is_tried_again() throws Exception {
        execute("UPDATE provider_state SET state = 'down', retry_at = now() + interval '7 seconds'");
        assertThat(delay()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7));

        execute("UPDATE provider_state SET state = 'up'");
        assertThat(delay()).isZero();
    }

    /** Without a row of its own it has no limit, and no pause. */
    @Test
    void reads_a_provider_that_nobody_has_sent_to() throws Exception {
        execute("DELETE FROM send_rate");

        assertThat(delay()).isZero();
    }

    private Duration delay() throws Exception {
        FleetView view = new FleetStore(pool).read().await(10, TimeUnit.SECONDS);
        return Objects.requireNonNull(view.loads().get("first")).delay(Lane.NORMAL);
    }

    private void execute(String sql) throws Exception {
        var _ = pool.query(sql).execute().await(10, TimeUnit.SECONDS);
    }
}
