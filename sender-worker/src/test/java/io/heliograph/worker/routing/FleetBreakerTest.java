package io.heliograph.worker.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.heliograph.providers.Breaker;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.testing.FakeClocks;
import io.heliograph.worker.testing.Messages;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two workers, one provider; the state that they share is in a real database. */
class FleetBreakerTest {
    private static final Breaker SETTINGS = new Breaker(50, 20, Duration.ofMinutes(1), Duration.ofSeconds(5), 50);

    /** Reported in an hour: however long a test takes, that is not long ago. */
    private static final String HEARD_OF = "-1 hour";

    private static final String JUST_BEGUN = "-1 hour";

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Messages tables = new Messages(database);
    private final Pool pool = Database.pool(vertx, database, "test", 2);
    private final FakeClocks clocks = new FakeClocks();
    private final Ids ids = new Ids();
    private Health health = new Health.Up();
    private final CircuitBreaker first = ProviderHealth.breaker("twilio", SETTINGS);
    private final CircuitBreaker second = ProviderHealth.breaker("twilio", SETTINGS);
    private final FleetBreaker firstWorker = worker(first);
    private final FleetBreaker secondWorker = worker(second);

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
    void what_one_worker_finds_down_all_leave_alone() throws Exception {
        first.transitionToOpenState();

        look();

        assertThat(second.getState()).isEqualTo(State.OPEN);
        assertThat(state()).isEqualTo("down");
    }

    @Test
    void what_the_database_was_not_there_to_hear_is_said_again() throws Exception {
        first.transitionToOpenState();
        whileTheDatabaseRefuses(this::look);
        look();
        assertThat(state()).isEqualTo("down");
        assertThat(first.getState()).isEqualTo(State.OPEN);

        rested();
        look();
        first.transitionToClosedState();
        whileTheDatabaseRefuses(this::look);
        look();
        assertThat(state()).isEqualTo("up");
        assertThat(first.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_worker_that_alone_cannot_reach_it_leaves_it_alone_by_itself() throws Exception {
        tables.execute("""
            INSERT INTO provider_report (provider, worker, reported_at, accepted, refused, failed, in_flight)
            VALUES ('twilio', gen_random_uuid(), now(), 100, 0, 1, 0)""");
        first.transitionToOpenState();

        look();
        look();

        assertThat(state()).isEqualTo("up");
        assertThat(first.getState()).isEqualTo(State.OPEN);
        assertThat(second.getState()).isEqualTo(State.CLOSED);
        clocks.pass(Duration.ofMinutes(2));
        look();
        assertThat(first.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void what_fails_all_at_once_is_left_alone_by_all_although_each_said_just_before_that_it_is_well() throws Exception {
        tables.execute("""
            INSERT INTO provider_report (provider, worker, reported_at, accepted, refused, failed, in_flight)
            VALUES ('twilio', gen_random_uuid(), now(), 100, 0, 1, 0)""");
        first.transitionToOpenState();
        look();

        tables.execute("UPDATE provider_report SET accepted = 0, reported_at = now()");
        look();

        assertThat(state()).isEqualTo("down");
        assertThat(second.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void only_one_worker_tries_whether_it_is_back() throws Exception {
        downAndRested();

        look();

        assertThat(first.getState()).isEqualTo(State.HALF_OPEN);
        assertThat(second.getState()).isEqualTo(State.OPEN);
        assertThat(state()).isEqualTo("probing");
    }

    @Test
    void when_the_probes_succeed_all_send_again() throws Exception {
        downAndRested();
        look();

        for (int probe = 0; probe < 3; probe++) {
            assertThat(first.tryAcquirePermission()).isTrue();
            first.onSuccess(1, TimeUnit.MILLISECONDS);
        }
        look();

        assertThat(state()).isEqualTo("up");
        assertThat(second.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_provider_that_answers_is_up_also_when_nothing_is_left_to_try_it_with() throws Exception {
        downAndRested();
        look();

        clocks.pass(Duration.ofSeconds(3));
        look();
        look();

        assertThat(state()).isEqualTo("up");
        assertThat(first.getState()).isEqualTo(State.CLOSED);
        assertThat(second.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void one_that_does_not_answer_gets_no_message_and_is_asked_again_as_soon() throws Exception {
        health = new Health.Down("connection refused");
        downAndRested();

        look();
        rested();
        look();

        assertThat(state()).isEqualTo("down");
        assertThat(first.getState()).isEqualTo(State.OPEN);
        assertThat(restSeconds()).isBetween(50.0, 60.0);
    }

    @Test
    void one_that_fails_the_messages_that_try_it_rests_for_longer() throws Exception {
        downAndRested();
        look();

        for (int probe = 0; probe < 3; probe++) {
            assertThat(first.tryAcquirePermission()).isTrue();
            first.onError(1, TimeUnit.MILLISECONDS, new IllegalStateException("down"));
        }
        look();

        assertThat(state()).isEqualTo("down");
        assertThat(restSeconds()).isBetween(110.0, 120.0);
    }

    @Test
    void when_the_worker_that_tries_it_has_died_another_one_does() throws Exception {
        downAndRested();
        firstWorker.runOnce();

        tables.execute("UPDATE provider_state SET probing_until = now() - interval '1 second'");
        secondWorker.runOnce();
        firstWorker.runOnce();

        assertThat(second.getState()).isEqualTo(State.HALF_OPEN);
        assertThat(first.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void when_the_worker_that_tries_it_is_not_heard_of_any_more_another_one_does_within_seconds() throws Exception {
        downAndRested();
        firstWorker.runOnce();
        triedSince("3 seconds", "3 seconds");

        secondWorker.runOnce();
        firstWorker.runOnce();

        assertThat(second.getState()).isEqualTo(State.HALF_OPEN);
        assertThat(first.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void nobody_takes_the_trying_away_from_a_worker_that_is_heard_of() throws Exception {
        downAndRested();
        firstWorker.runOnce();
        triedSince("10 seconds", HEARD_OF);

        look();

        assertThat(first.getState()).isEqualTo(State.HALF_OPEN);
        assertThat(second.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void nobody_takes_it_away_from_a_worker_that_has_not_had_the_time_to_be_heard_of() throws Exception {
        downAndRested();
        firstWorker.runOnce();
        triedSince(JUST_BEGUN, "10 seconds");

        look();

        assertThat(first.getState()).isEqualTo(State.HALF_OPEN);
        assertThat(second.getState()).isEqualTo(State.OPEN);
    }

    /** The first worker has tried it for so long, and has been silent for so long. */
    private void triedSince(String tried, String silent) {
        tables.execute("UPDATE provider_state SET probing_until = probing_until - interval '" + tried + "'");
        tables.execute(
                "INSERT INTO provider_report (provider, worker, reported_at, accepted, refused, failed, in_flight)"
                        + " SELECT provider, prober, now() - interval '" + silent
                        + "', 0, 0, 0, 0 FROM provider_state");
    }

    private void downAndRested() throws Exception {
        first.transitionToOpenState();
        look();
        rested();
    }

    private void rested() {
        tables.execute("UPDATE provider_state SET retry_at = now() - interval '1 second'");
    }

    private double restSeconds() {
        return tables.number("SELECT round(date_part('epoch', retry_at - now())) FROM provider_state");
    }

    private void whileTheDatabaseRefuses(ThrowingCallable look) {
        tables.execute("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$;
            CREATE TRIGGER refuse BEFORE UPDATE ON provider_state EXECUTE FUNCTION refuse()""");
        assertThatThrownBy(look).hasMessageContaining("refused");
        tables.execute("DROP FUNCTION refuse CASCADE");
    }

    private void look() throws Exception {
        int _ = firstWorker.runOnce();
        int _ = secondWorker.runOnce();
    }

    private String state() {
        return String.valueOf(tables.text("SELECT state FROM provider_state"));
    }

    private FleetBreaker worker(CircuitBreaker breaker) {
        return new FleetBreaker(
                "twilio",
                breaker,
                Duration.ofMinutes(1),
                new FleetBreakerStore(pool, ids.get()),
                () -> health,
                () -> 0,
                clocks::nanos);
    }
}
