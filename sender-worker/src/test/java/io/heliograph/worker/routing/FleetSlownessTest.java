package io.heliograph.worker.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.providers.Breaker;
import io.heliograph.providers.fleet.FleetStore;
import io.heliograph.providers.routing.ProviderCondition;
import io.heliograph.providers.routing.ProviderCondition.Standing;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.runtime.Metrics;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.testing.FakeClocks;
import io.heliograph.worker.testing.Messages;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state that the fleet shares is in a real database. */
class FleetSlownessTest {
    private static final Breaker SETTINGS = new Breaker(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), 50);

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Messages tables = new Messages(database);
    private final Pool pool = Database.pool(vertx, database, "test", 2);
    private final FakeClocks clocks = new FakeClocks();
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private boolean slow = true;
    private final FleetSlowness worker = new FleetSlowness(
            "twilio", SETTINGS, () -> slow, new FleetBreakerStore(pool, new Ids().get()), registry, clocks::nanos);

    @BeforeEach
    void makeKnown() {
        tables.execute("INSERT INTO provider_state (provider) VALUES ('twilio')");
    }

    @AfterEach
    void stop() throws Exception {
        tables.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void is_told_to_all_and_the_provider_is_still_up() throws Exception {
        int _ = worker.runOnce();

        assertThat(condition().standing()).isEqualTo(Standing.SLOW);
        assertThat(condition().share()).isEqualTo(1);
        assertThat(tables.text("SELECT state FROM provider_state")).isEqualTo("up");
        assertThat(slowSeconds()).isBetween(5.0, 10.0);
    }

    @Test
    void is_told_again_while_it_lasts_and_counted_once() throws Exception {
        int _ = worker.runOnce();
        clocks.pass(Duration.ofSeconds(6));
        tables.execute("UPDATE provider_state SET slow_until = slow_until - interval '6 seconds'");

        int _ = worker.runOnce();

        assertThat(slowSeconds()).isBetween(5.0, 10.0);
        assertThat(registry.scrape()).contains("heliograph_provider_slow_total{provider=\"twilio\"} 1.0");
    }

    @Test
    void is_over_by_itself_and_the_provider_gets_its_traffic_back_little_by_little() throws Exception {
        int _ = worker.runOnce();
        slow = false;
        tables.execute("UPDATE provider_state SET slow_until = now() - interval '1 second'");

        int _ = worker.runOnce();

        assertThat(condition().standing()).isEqualTo(Standing.WELL);
        assertThat(condition().share()).isBetween(0.1, 0.2);
        tables.execute("UPDATE provider_state SET slow_until = now() - interval '1 minute'");
        assertThat(condition().share()).isEqualTo(1);
    }

    @Test
    void is_kept_to_itself_by_a_worker_that_alone_finds_it_slow() throws Exception {
        report(200);
        int _ = worker.runOnce();
        assertThat(condition().standing()).isEqualTo(Standing.WELL);

        report(6_000);
        int _ = worker.runOnce();

        assertThat(condition().standing()).isEqualTo(Standing.SLOW);
    }

    private void report(int latencyMillis) {
        tables.execute("DELETE FROM provider_report");
        tables.execute("INSERT INTO provider_report"
                + " (provider, worker, reported_at, accepted, refused, failed, latency_ms, in_flight)"
                + " VALUES ('twilio', gen_random_uuid(), now(), 10, 0, 0, " + latencyMillis + ", 0)");
    }

    private double slowSeconds() {
        return tables.number("SELECT date_part('epoch', slow_until - now()) FROM provider_state");
    }

    private ProviderCondition condition() throws Exception {
        return Objects.requireNonNull(new FleetStore(pool)
                .read()
                .await(5, TimeUnit.SECONDS)
                .conditions()
                .get("twilio"));
    }
}
