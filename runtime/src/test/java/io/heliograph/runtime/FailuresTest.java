package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With failures as a real PostgreSQL and the real client make them. */
class FailuresTest {
    private Vertx vertx;
    private Pool pool;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        pool = Database.pool(vertx, TestDatabase.fresh().connectOptions("test", Duration.ofSeconds(1)), 1);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void describes_a_refused_row_by_its_state_and_constraint_without_its_values() {
        Throwable failure = failureOf("INSERT INTO account (name) VALUES ('') RETURNING 'a person of 1-500-555-0010'");

        assertThat(Failures.describe(failure)).isEqualTo("PgException 23514 (account_name_is_not_empty)");
    }

    @Test
    void describes_the_causes_by_their_types() {
        Throwable failure =
                new IllegalStateException("secret", new IOException("secret", new TimeoutException("secret")));

        assertThat(Failures.describe(failure))
                .isEqualTo("IllegalStateException from IOException from TimeoutException");
    }

    @Test
    void describes_a_chain_of_causes_that_has_no_end() {
        Throwable outer = new IllegalStateException();
        Throwable inner = new IllegalArgumentException(outer);
        outer.initCause(inner);

        assertThat(Failures.describe(outer)).startsWith("IllegalStateException from IllegalArgumentException");
    }

    @Test
    void keeps_the_stack_and_withholds_the_messages_of_a_failure_for_the_log() {
        StringWriter printed = new StringWriter();

        Failures.withoutMessages(new IllegalStateException("to +15005550010", new IOException("to +15005550010")))
                .printStackTrace(new PrintWriter(printed));

        assertThat(printed.toString())
                .contains("IllegalStateException from IOException", "FailuresTest.keeps_the_stack")
                .doesNotContain("+15005550010");
    }

    @Test
    void takes_a_wrong_value_for_neither_an_outage_nor_a_conflict() {
        Throwable failure = failureOf("SELECT 'x'::int");

        assertThat(Failures.isOutage(failure)).isFalse();
        assertThat(Failures.isConflict(failure)).isFalse();
    }

    @Test
    void takes_a_statement_that_ran_out_of_time_for_an_outage_because_repeating_it_at_once_would_not_help() {
        Throwable failure = failureOf("SELECT pg_sleep(10)");

        assertThat(((PgException) failure).getSqlState()).isEqualTo("57014");
        assertThat(Failures.isOutage(failure)).isTrue();
        assertThat(Failures.isConflict(failure)).isFalse();
    }

    @Test
    void takes_a_killed_connection_for_an_outage() {
        assertThat(Failures.isOutage(failureOf("SELECT pg_terminate_backend(pg_backend_pid())")))
                .isTrue();
    }

    @Test
    void takes_a_lock_that_is_not_free_for_a_conflict() {
        assertThat(Failures.isConflict(failureOf("DO $$ BEGIN RAISE lock_not_available; END $$")))
                .isTrue();
        assertThat(Failures.isConflict(failureOf("DO $$ BEGIN RAISE deadlock_detected; END $$")))
                .isTrue();
        assertThat(Failures.isConflict(failureOf("DO $$ BEGIN RAISE serialization_failure; END $$")))
                .isTrue();
    }

    @Test
    void takes_a_database_that_is_not_there_for_an_outage() {
        Pool nowhere = Database.pool(vertx, DatabaseUrl.parse("postgresql://127.0.0.1:1/none"), "test", 1);

        assertThat(Failures.isOutage(failureOf(nowhere.query("SELECT 1").execute())))
                .isTrue();
    }

    @Test
    void takes_a_pool_without_a_free_connection_for_an_outage() throws Exception {
        SqlConnection _ = pool.getConnection().await(5, TimeUnit.SECONDS);

        Future<?> query = pool.query("SELECT 1").execute();
        Future<?> transaction = pool.withTransaction(connection -> Future.succeededFuture());

        assertThat(Failures.isOutage(failureOf(query))).isTrue();
        assertThat(Failures.isOutage(failureOf(transaction))).isTrue();
    }

    private Throwable failureOf(String sql) {
        return failureOf(pool.query(sql).execute());
    }

    private static Throwable failureOf(Future<?> future) {
        try {
            Object result = future.await(20, TimeUnit.SECONDS);
            throw new AssertionError("It did not fail: " + result);
        } catch (Exception e) {
            return e;
        }
    }
}
