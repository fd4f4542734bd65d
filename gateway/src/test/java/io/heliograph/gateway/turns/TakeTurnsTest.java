package io.heliograph.gateway.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.gateway.turns.Dialog.Name;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.runtime.Metrics;
import io.heliograph.testing.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which order people are answered, and that each of their messages is answered once, whatever happens in between. */
class TakeTurnsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final DatabaseUrl URL = TestDatabase.fresh();
    private static final Pool POOL = Database.pool(VERTX, URL.connectOptions("test"), 16);
    private static final Ids IDS = new Ids();

    /** What it was asked, in the transaction in which it was asked. */
    private final Dialog noting = (connection, turn) -> connection
            .preparedQuery("INSERT INTO noted (person, body) VALUES ($1, $2)")
            .execute(Tuple.of(turn.person(), turn.body()))
            .mapEmpty();

    private final PrometheusMeterRegistry registry = Metrics.registry();

    @BeforeAll
    static void somewhere_to_note() throws Exception {
        execute("CREATE TABLE noted (n serial, person text, body text)");
        execute("CREATE TABLE held ()");
    }

    @BeforeEach
    void empty() throws Exception {
        execute("DELETE FROM inbound_turn");
        execute("DELETE FROM inbound_message");
        execute("DELETE FROM noted");
    }

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void answers_a_person_in_the_order_in_which_they_wrote_with_many_at_work() throws Exception {
        List<String> written =
                IntStream.range(0, 40).mapToObj(Integer::toString).toList();
        for (String body : written) {
            store("ann", body);
            store("bob", body);
        }
        List<TakeTurns> gateways = List.of(taking(noting), taking(noting), taking(noting));

        gateways.forEach(TakeTurns::nudge);

        await().untilAsserted(() -> assertThat(waiting()).isZero());
        assertThat(noted("ann")).isEqualTo(written);
        assertThat(noted("bob")).isEqualTo(written);
    }

    @Test
    void two_that_came_at_once_are_not_answered_at_once() throws Exception {
        // The later one is committed first: the earlier is stored by a gateway that is slow.
        SqlConnection slow = POOL.getConnection().await(5, TimeUnit.SECONDS);
        var storing = slow.begin().await(5, TimeUnit.SECONDS);
        storeOn(slow, "ann", "first");
        store("ann", "second");
        Promise<Void> thinks = Promise.promise();
        Map<String, Boolean> asked = new ConcurrentHashMap<>();
        TakeTurns turns = taking((connection, turn) -> {
            asked.put(turn.body(), true);
            return (turn.body().equals("second") ? thinks.future() : Future.<Void>succeededFuture())
                    .compose(done -> noting.take(connection, turn));
        });
        turns.nudge();
        await().untilAsserted(() -> assertThat(asked).containsKey("second"));

        storing.commit().await(5, TimeUnit.SECONDS);
        slow.close().await(5, TimeUnit.SECONDS);
        turns.nudge();

        await().untilAsserted(() -> assertThat(
                        count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND wait_event = 'advisory'"))
                .isOne());
        assertThat(noted("ann")).isEmpty();
        thinks.complete();
        await().untilAsserted(() -> assertThat(noted("ann")).containsExactly("second", "first"));
    }

    @Test
    void what_fails_leaves_nothing_behind_and_keeps_what_came_later_waiting() throws Exception {
        store("ann", "first");
        store("ann", "second");
        store("bob", "other");
        TakeTurns turns = taking((connection, turn) -> noting.take(connection, turn)
                .compose(noted -> turn.body().equals("first")
                        ? Future.failedFuture(new IllegalStateException("no"))
                        : Future.<Void>succeededFuture()));

        turns.nudge();

        await().untilAsserted(() -> assertThat(registry.scrape()).contains("result=\"failed\"} 1.0"));
        await().untilAsserted(() -> assertThat(noted("bob")).containsExactly("other"));
        assertThat(noted("ann")).isEmpty();
        assertThat(count("SELECT count(*) FROM inbound_turn WHERE tries = 1 AND due_at > now()"))
                .isOne();
        execute("UPDATE inbound_turn SET due_at = now()");
        taking(noting).nudge();
        await().untilAsserted(() -> assertThat(noted("ann")).containsExactly("first", "second"));
    }

    @Test
    void what_would_have_to_wait_for_somebody_is_put_off_and_counts_as_no_try() throws Exception {
        store("ann", "first");
        store("bob", "other");
        TakeTurns turns = taking((connection, turn) -> turn.body().equals("first")
                ? connection
                        .query("LOCK TABLE held IN EXCLUSIVE MODE NOWAIT")
                        .execute()
                        .compose(held -> noting.take(connection, turn))
                : noting.take(connection, turn));
        SqlConnection somebody = POOL.getConnection().await(5, TimeUnit.SECONDS);
        var holding = somebody.begin().await(5, TimeUnit.SECONDS);
        RowSet<Row> _ = somebody.query("LOCK TABLE held").execute().await(5, TimeUnit.SECONDS);

        assertThat(turns.runOnce().await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(turns.runOnce().await(5, TimeUnit.SECONDS)).isTrue();

        assertThat(noted("bob")).containsExactly("other");
        assertThat(count("SELECT count(*) FROM inbound_turn WHERE tries = 0")).isOne();
        assertThat(registry.scrape()).contains("result=\"put_off\"} 1.0").doesNotContain("result=\"failed\"} 1.0");
        // Not for ever: after that it is a failure.
        execute(
                "WITH older AS (UPDATE inbound_message SET id = uuid_v7_floor(now() - interval '11 minutes')"
                        + " WHERE body = 'first' RETURNING id) UPDATE inbound_turn SET due_at = now(), inbound_id = older.id FROM older");
        assertThat(turns.runOnce().await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(count("SELECT count(*) FROM inbound_turn WHERE tries = 1")).isOne();
        holding.rollback().await(5, TimeUnit.SECONDS);
        somebody.close().await(5, TimeUnit.SECONDS);
    }

    /** Its statements are sent before the line is known to be free: none of them may go on when the transaction is over. */
    @Test
    void nothing_is_done_in_a_line_that_somebody_else_holds() throws Exception {
        store("ann", "first");
        SqlConnection somebody = POOL.getConnection().await(5, TimeUnit.SECONDS);
        var holding = somebody.begin().await(5, TimeUnit.SECONDS);
        RowSet<Row> _ = somebody.query("SELECT pg_advisory_xact_lock(hashtextextended("
                        + "account_id || ' ' || channel || ' ' || number || ' ' || person, 47)) FROM inbound_turn")
                .execute()
                .await(5, TimeUnit.SECONDS);
        Pool impatient = TakeTurns.pool(VERTX, URL);
        Dialog undeterred = (connection, turn) ->
                connection.query("SELECT").execute().transform(_ -> noting.take(connection, turn));
        TakeTurns turns = new TakeTurns(impatient, Map.of(Name.BOOKING, undeterred), new TurnMeters(registry));

        assertThat(turns.runOnce().await(5, TimeUnit.SECONDS)).isTrue();

        impatient.close().await(5, TimeUnit.SECONDS);
        assertThat(noted("ann")).isEmpty();
        assertThat(registry.scrape()).contains("result=\"put_off\"} 1.0");
        assertThat(count("SELECT count(*) FROM inbound_turn WHERE tries = 0")).isOne();
        holding.rollback().await(5, TimeUnit.SECONDS);
        somebody.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void what_fails_again_and_again_is_given_up_so_that_the_person_gets_other_answers() throws Exception {
        store("ann", "first");
        execute("UPDATE inbound_turn SET tries = 10");
        store("ann", "second");
        TakeTurns turns = taking((connection, turn) -> turn.body().equals("first")
                ? Future.failedFuture(new IllegalStateException("no"))
                : noting.take(connection, turn));

        turns.nudge();

        await().untilAsserted(() -> assertThat(noted("ann")).containsExactly("second"));
        assertThat(waiting()).isZero();
        assertThat(registry.scrape()).contains("result=\"given_up\"} 1.0");
    }

    @Test
    void what_a_gateway_that_died_was_about_to_answer_is_anothers() throws Exception {
        store("ann", "first");
        Promise<Integer> process = Promise.promise();
        TakeTurns dies = taking((connection, turn) -> noting.take(connection, turn)
                .compose(noted -> connection
                        .query("SELECT pg_backend_pid() AS pid")
                        .execute()
                        .compose(rows -> {
                            process.complete(rows.iterator().next().getInteger("pid"));
                            return Promise.<Void>promise().future();
                        })));
        dies.nudge();
        int pid = process.future().await(5, TimeUnit.SECONDS);
        assertThat(taking(noting).runOnce().await(5, TimeUnit.SECONDS)).isFalse();

        execute("SELECT pg_terminate_backend(" + pid + ")");

        TakeTurns other = taking(noting);
        await().untilAsserted(() -> {
            long _ = other.sweep().await(5, TimeUnit.SECONDS);
            assertThat(noted("ann")).containsExactly("first");
        });
        assertThat(waiting()).isZero();
    }

    @Test
    void nobody_answers_what_was_erased_meanwhile() throws Exception {
        store("ann", "first");
        execute("UPDATE inbound_message SET erased_at = now(), body = ''");

        assertThat(taking(noting).runOnce().await(5, TimeUnit.SECONDS)).isTrue();

        assertThat(waiting()).isZero();
        assertThat(noted("ann")).isEmpty();
    }

    @Test
    void a_gateway_leaves_alone_what_it_has_no_dialog_for() throws Exception {
        store("ann", "first");

        boolean took = new TakeTurns(POOL, Map.of(Name.SOS, noting), new TurnMeters(registry))
                .runOnce()
                .await(5, TimeUnit.SECONDS);

        assertThat(took).isFalse();
        assertThat(waiting()).isOne();
    }

    private TakeTurns taking(Dialog dialog) {
        return new TakeTurns(POOL, Map.of(Name.BOOKING, dialog), new TurnMeters(registry));
    }

    private static void store(String person, String body) throws Exception {
        SqlConnection connection = POOL.getConnection().await(5, TimeUnit.SECONDS);
        storeOn(connection, person, body);
        connection.close().await(5, TimeUnit.SECONDS);
    }

    private static void storeOn(SqlConnection connection, String person, String body) throws Exception {
        UUID id = IDS.get();
        RowSet<Row> _ = connection
                .preparedQuery("""
                        WITH stored AS (
                          INSERT INTO inbound_message (id, received_at, account_id, provider, channel, sender, recipient, body, dedupe_key, fields)
                          VALUES ($1, now(), 1, 'twilio', 'whatsapp', $2, '+15005550006', $3, $4, $5))
                        INSERT INTO inbound_turn (inbound_id, account_id, channel, number, person, dialog, topic)
                        VALUES ($1, 1, 'whatsapp', '+15005550006', $2, 'booking', 'whatsapp')""")
                .execute(Tuple.of(id, person, body, id.toString(), new JsonObject()))
                .await(5, TimeUnit.SECONDS);
    }

    private static List<String> noted(String person) throws Exception {
        List<String> bodies = new ArrayList<>();
        POOL.preparedQuery("SELECT body FROM noted WHERE person = $1 ORDER BY n")
                .execute(Tuple.of(person))
                .await(5, TimeUnit.SECONDS)
                .forEach(row -> bodies.add(row.getString("body")));
        return bodies;
    }

    private static long waiting() throws Exception {
        return count("SELECT count(*) FROM inbound_turn");
    }

    private static long count(String sql) throws Exception {
        return POOL.query(sql)
                .execute()
                .await(5, TimeUnit.SECONDS)
                .iterator()
                .next()
                .getLong(0);
    }

    private static void execute(String sql) throws Exception {
        RowSet<Row> _ = POOL.query(sql).execute().await(5, TimeUnit.SECONDS);
    }
}
