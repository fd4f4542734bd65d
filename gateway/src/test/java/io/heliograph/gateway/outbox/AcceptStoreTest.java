package io.heliograph.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.gateway.outbox.AcceptIntent.Item;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one statement does with several requests, which a test through HTTP cannot put into one group at will. */
class AcceptStoreTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Pool POOL = Database.pool(VERTX, TestDatabase.fresh(), "test", 2);
    private static final Pool GONE =
            Database.pool(VERTX, new DatabaseUrl("localhost", 1, "nobody", "", "nothing"), "test", 1);
    private static final long ACCOUNT = 7;

    private final Ids ids = new Ids();

    @BeforeEach
    void empty() throws Exception {
        for (String table : List.of("message", "outbox", "idempotency")) {
            POOL.query("DELETE FROM " + table).execute().await(5, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void stores_requests_and_their_promises_and_answers_in_their_order() throws Exception {
        AcceptIntent first = single(null, "first");
        AcceptIntent second = single(key("k", 1), "second");

        List<Accepted> answers = accept(first, second);

        assertThat(answers).extracting(AcceptStoreTest::storedBody).containsExactly("first", "second");
        assertThat(count("SELECT count(*) FROM message JOIN outbox ON message_id = id"))
                .isEqualTo(2);
    }

    @Test
    void takes_two_requests_with_one_key_in_one_group_for_one_request() throws Exception {
        AcceptIntent first = single(key("k", 1), "one");
        AcceptIntent second = single(key("k", 1), "one");

        List<Accepted> answers = accept(first, second);

        assertThat(count("SELECT count(*) FROM message")).isOne();
        assertThat(answers.stream().filter(answer -> item(answer) instanceof Accepted.Stored))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> item(answer) instanceof Accepted.Replayed))
                .hasSize(1);
    }

    @Test
    void refuses_one_of_two_requests_that_differ_under_one_key_in_one_group() throws Exception {
        List<Accepted> answers = accept(single(key("k", 1), "one"), single(key("k", 2), "two"));

        assertThat(count("SELECT count(*) FROM message")).isOne();
        assertThat(answers.stream().filter(answer -> item(answer) instanceof Accepted.KeyReused))
                .hasSize(1);
    }

    @Test
    void stores_none_of_the_second_of_two_batches_that_differ_under_one_key_in_one_group() throws Exception {
        AcceptIntent first = batch(key("b", 1), item(key("own-1", 3), "one"));
        AcceptIntent second = batch(key("b", 2), item(key("own-2", 4), "two"), item(key("own-3", 5), "three"));

        List<Accepted> answers = accept(first, second);

        assertThat(answers.stream().filter(Accepted.BatchKeyReused.class::isInstance))
                .hasSize(1);
        Accepted.Answered stored = (Accepted.Answered) answers.stream()
                .filter(Accepted.Answered.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(count("SELECT count(*) FROM message"))
                .isEqualTo(stored.items().size());
        assertThat(count("SELECT count(*) FROM outbox"))
                .isEqualTo(stored.items().size());
    }

    @Test
    void stores_a_batch_that_comes_several_times_in_one_group_for_the_first_as_a_whole() throws Exception {
        List<Accepted> answers = accept(batchOfFifty(), batchOfFifty(), batchOfFifty(), batchOfFifty(), batchOfFifty());

        assertThat(answers)
                .extracting(answer -> ((Accepted.Answered) answer).replayed())
                .containsExactly(false, true, true, true, true);
        assertThat(((Accepted.Answered) answers.getFirst()).items())
                .hasSize(50)
                .allMatch(Accepted.Stored.class::isInstance);
        assertThat(count("SELECT count(*) FROM message")).isEqualTo(50);
    }

    @Test
    void stores_nothing_when_one_row_is_wrong() {
        AcceptIntent wrong = single(null, "a NUL\0");

        assertThatThrownBy(() -> accept(single(null, "right"), wrong)).isNotNull();
        assertThat(count("SELECT count(*) FROM message")).isZero();
    }

    @Test
    void answers_who_is_stored_when_the_database_goes_away_before_the_keys_are_looked_up() throws Exception {
        AcceptIntent first = single(key("k", 1), "one");
        assertThat(accept(first)).extracting(AcceptStoreTest::storedBody).containsExactly("one");
        AcceptIntent mixed = batch(key("b", 2), item(key("k", 1), "one"), item(key("own", 3), "two"));

        List<Accepted> answers = AcceptStore.accept(
                        new GoneAfterFirst(POOL, GONE),
                        List.of(single(null, "keyless"), single(key("k", 1), "one"), mixed),
                        Topics.UNROUTED,
                        ErasedPersons.NONE)
                .await(5, TimeUnit.SECONDS);

        assertThat(storedBody(answers.get(0))).isEqualTo("keyless");
        assertThat(item(answers.get(1))).isInstanceOf(Accepted.KeyUnknown.class);
        assertThat(((Accepted.Answered) answers.get(2)).items())
                .extracting(Accepted.ItemAnswer::getClass)
                .containsExactly(Accepted.KeyUnknown.class, Accepted.Stored.class);
        assertThat(count("SELECT count(*) FROM message")).isEqualTo(3);
    }

    @Test
    void takes_part_in_a_transaction_of_someone_else() {
        Future<Void> rolledBack = POOL.withTransaction(connection -> AcceptStore.accept(
                        connection, List.of(single(key("k", 1), "one")), Topics.UNROUTED, ErasedPersons.NONE)
                .compose(answers -> Future.failedFuture(new IllegalStateException("changed my mind"))));

        assertThatThrownBy(() -> rolledBack.await(5, TimeUnit.SECONDS)).hasMessage("changed my mind");
        assertThat(count("SELECT count(*) FROM message")).isZero();
        assertThat(count("SELECT count(*) FROM idempotency")).isZero();
    }

    private List<Accepted> accept(AcceptIntent... intents) throws Exception {
        return AcceptStore.accept(POOL, List.of(intents), Topics.UNROUTED, ErasedPersons.NONE)
                .await(5, TimeUnit.SECONDS);
    }

    private AcceptIntent single(AcceptIntent.@Nullable Key key, String body) {
        return new AcceptIntent(ACCOUNT, null, List.of(item(key, body)));
    }

    private static AcceptIntent batch(AcceptIntent.Key key, Item... items) {
        return new AcceptIntent(ACCOUNT, key, List.of(items));
    }

    /** The same one each time, but for the ids of its messages. */
    private AcceptIntent batchOfFifty() {
        return batch(
                key("b", 1),
                IntStream.range(0, 50)
                        .mapToObj(i -> item(key("b/" + i, 2), "Hello " + i))
                        .toArray(Item[]::new));
    }

    private Item item(AcceptIntent.@Nullable Key key, String body) {
        NewMessage message = new NewMessage(
                ids.get(),
                ACCOUNT,
                Channel.SMS,
                Lane.NORMAL,
                "+15005550010",
                null,
                body,
                null,
                null,
                1,
                "gsm7",
                null,
                OffsetDateTime.parse("2026-11-20T12:00:00Z"),
                Duration.ofDays(1),
                "fail",
                null,
                null,
                null,
                Recourse.USUAL,
                TwilioExtras.NONE,
                null);
        return new Item(key, message);
    }

    private static AcceptIntent.Key key(String value, int meaning) {
        byte[] hash = new byte[32];
        hash[0] = (byte) meaning;
        return new AcceptIntent.Key(value, Buffer.buffer(hash));
    }

    private static Accepted.ItemAnswer item(Accepted accepted) {
        return ((Accepted.Answered) accepted).items().getFirst();
    }

    private static String storedBody(Accepted accepted) {
        return ((Accepted.Stored) item(accepted)).message().body();
    }

    private static long count(String sql) {
        try {
            return POOL.query(sql)
                    .execute()
                    .await(5, TimeUnit.SECONDS)
                    .iterator()
                    .next()
                    .getLong(0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
