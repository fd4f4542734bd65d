package io.heliograph.gateway.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.MessageStatus;
import io.heliograph.gateway.callbacks.CallbackStore.Stored;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Ids;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.runtime.Metrics;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one statement does with several receipts, which a test through HTTP cannot put into one group at will. */
class CallbackStoreTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Pool POOL =
            Database.pool(VERTX, IndexedPlans.on(TestDatabase.fresh().connectOptions("test")), 3);

    private final Ids ids = new Ids();

    @BeforeEach
    void empty() throws Exception {
        for (String table : List.of("message", "outbox", "attempt", "callback")) {
            execute("DELETE FROM " + table, Tuple.tuple());
        }
    }

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void applies_the_furthest_of_several_receipts_for_one_message() throws Exception {
        UUID id = message("sending", 1);

        List<Stored> stored = store(
                receipt(id, 1, MessageStatus.SENT, "a"),
                receipt(id, 1, MessageStatus.DELIVERED, "b"),
                receipt(id, 1, MessageStatus.SENT, "c"));

        assertThat(status(id)).isEqualTo("delivered");
        assertThat(stored.stream().filter(Stored.Moved.class::isInstance)).hasSize(1);
    }

    @Test
    void lets_good_news_of_an_earlier_attempt_win_over_any_word_about_a_later_one() throws Exception {
        UUID id = message("sending", 2);

        store(receipt(id, 1, MessageStatus.DELIVERED, "a"), receipt(id, 2, MessageStatus.FAILED, "b"));

        assertThat(status(id)).isEqualTo("delivered");
    }

    @Test
    void lets_the_word_about_the_later_attempt_win_over_bad_news_of_an_earlier_one() throws Exception {
        UUID id = message("unknown", 2);

        store(receipt(id, 1, MessageStatus.FAILED, "a"), receipt(id, 2, MessageStatus.SENT, "b"));

        assertThat(status(id)).isEqualTo("sent");
    }

    @Test
    void stores_the_first_of_two_with_one_key_in_one_group() throws Exception {
        UUID id = message("sending", 1);

        List<Stored> stored =
                store(receipt(id, 1, MessageStatus.SENT, "same"), receipt(id, 1, MessageStatus.SENT, "same"));

        assertThat(stored.get(0)).isInstanceOf(Stored.Moved.class);
        assertThat(stored.get(1)).isEqualTo(new Stored.Duplicate());
        assertThat(count("callback")).isOne();
    }

    @Test
    void applies_a_parked_receipt_when_its_repetition_comes_after_the_message_appeared() throws Exception {
        UUID id = ids.get();
        Receipt early = receipt(id, 1, MessageStatus.DELIVERED, "t");
        assertThat(store(early)).containsExactly(new Stored.Parked());

        insertMessage(id, "sending", 1);

        assertThat(store(receipt(id, 1, MessageStatus.DELIVERED, "t")).getFirst())
                .isInstanceOf(Stored.Moved.class);
        assertThat(status(id)).isEqualTo("delivered");
        assertThat(count("callback")).isOne();
    }

    @Test
    void moves_messages_of_several_days_in_one_group() throws Exception {
        UUID today = message("sending", 1);
        UUID longAgo = UUID.fromString("01900000-0000-7000-8000-000000000001");
        insertMessage(longAgo, "sending", 1);

        store(receipt(today, 1, MessageStatus.SENT, "a"), receipt(longAgo, 1, MessageStatus.SENT, "b"));

        assertThat(status(today)).isEqualTo("sent");
        assertThat(status(longAgo)).isEqualTo("sent");
    }

    @Test
    void finds_a_message_behind_a_thousand_receipts_of_strangers() throws Exception {
        execute(
                "INSERT INTO callback (id, received_at, provider, provider_message_id, recipient_digits, provider_status,"
                        + " dedupe_key, fields) SELECT gen_random_uuid(), now() - interval '10 minutes', 'fast2sms', 'r' || n,"
                        + " '9000000001', 'Delivered', 'stranger ' || n, '{}' FROM generate_series(1, 1000) n",
                Tuple.tuple());
        UUID id = ids.get();
        store(receipt(id, 1, MessageStatus.DELIVERED, "t"));
        execute("UPDATE callback SET received_at = now() - interval '9 minutes' WHERE dedupe_key = 't'", Tuple.tuple());
        insertMessage(id, "sending", 1);
        ParkedReceipts parked =
                new ParkedReceipts(POOL, new CallbackMeters(Metrics.registry(), new DeliveryRates(POOL)));

        List<Integer> applied = List.of(parked.runOnce(), parked.runOnce(), parked.runOnce(), parked.runOnce());

        assertThat(applied).containsExactly(0, 0, 1, 0);
        assertThat(status(id)).isEqualTo("delivered");
    }

    @Test
    void drops_what_waited_a_day_for_a_message_that_never_came() throws Exception {
        store(receipt(ids.get(), 1, MessageStatus.SENT, "old"), receipt(ids.get(), 1, MessageStatus.SENT, "young"));
        execute(
                "UPDATE callback SET received_at = now() - interval '25 hours' WHERE dedupe_key = 'old'",
                Tuple.tuple());
        ParkedReceipts parked =
                new ParkedReceipts(POOL, new CallbackMeters(Metrics.registry(), new DeliveryRates(POOL)));

        int dropped = parked.dropStrangers();

        assertThat(dropped).isOne();
        assertThat(count("callback")).isOne();
    }

    @Test
    void keeps_what_was_applied_for_ever_so_long() throws Exception {
        UUID id = message("sending", 1);
        store(receipt(id, 1, MessageStatus.SENT, "t"));
        execute("UPDATE callback SET received_at = now() - interval '25 hours'", Tuple.tuple());

        int dropped =
                new ParkedStore(POOL).dropStrangers(Duration.ofHours(24), 500).await(5, TimeUnit.SECONDS);

        assertThat(dropped).isZero();
    }

    /** The row is rechecked, and the others must not suffer: docs/decisions/0009 tells where PostgreSQL 18 fails in that. */
    @Test
    void applies_all_of_a_group_although_someone_else_is_just_changing_one_of_their_messages() throws Exception {
        List<UUID> messages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            messages.add(message("sending", 1));
        }
        Receipt[] receipts = messages.stream()
                .map(id -> receipt(id, 1, MessageStatus.DELIVERED, id.toString()))
                .toArray(Receipt[]::new);
        SqlConnection other = POOL.getConnection().await(5, TimeUnit.SECONDS);
        Transaction change = other.begin().await(5, TimeUnit.SECONDS);
        var _ = other.preparedQuery("UPDATE message SET reference = 'changed' WHERE id = $1")
                .execute(Tuple.of(messages.get(5)))
                .await(5, TimeUnit.SECONDS);

        Future<List<Stored>> stored = CallbackStore.storeAndApply(POOL, List.of(receipts));
        await().until(() -> query("SELECT count(*) FROM pg_locks WHERE NOT granted", Tuple.tuple())
                        .getLong(0)
                > 0);
        Void _ = change.commit().await(5, TimeUnit.SECONDS);

        assertThat(stored.await(5, TimeUnit.SECONDS)).hasSize(20).allMatch(Stored.Moved.class::isInstance);
        Void _ = other.close().await(5, TimeUnit.SECONDS);
    }

    private Receipt receipt(UUID messageId, int attempt, MessageStatus status, String dedupeKey) {
        return new Receipt(
                ids.get(),
                "twilio",
                new Receipt.About(messageId, (short) attempt, "SM1", null, null, null),
                status.word(),
                status,
                null,
                dedupeKey,
                new JsonObject());
    }

    private static List<Stored> store(Receipt... receipts) throws Exception {
        return CallbackStore.storeAndApply(POOL, List.of(receipts)).await(5, TimeUnit.SECONDS);
    }

    private UUID message(String status, int attempt) throws Exception {
        UUID id = ids.get();
        insertMessage(id, status, attempt);
        return id;
    }

    private static void insertMessage(UUID id, String status, int attempt) throws Exception {
        execute(
                "INSERT INTO message (id, account_id, status, attempt, channel, lane, on_unknown, segments, encoding,"
                        + " created_at, expires_at, recipient, body) VALUES ($1, 1, $2, $3, 'sms', 'normal', 'fail', 1, 'gsm7',"
                        + " now(), now(), '+15005550010', 'Hello')",
                Tuple.of(id, status, attempt));
    }

    private static String status(UUID id) throws Exception {
        return query("SELECT status FROM message WHERE id = $1", Tuple.of(id)).getString(0);
    }

    private static long count(String table) throws Exception {
        return query("SELECT count(*) FROM " + table, Tuple.tuple()).getLong(0);
    }

    private static Row query(String sql, Tuple parameters) throws Exception {
        return execute(sql, parameters).iterator().next();
    }

    private static RowSet<Row> execute(String sql, Tuple parameters) throws Exception {
        return POOL.preparedQuery(sql).execute(parameters).await(5, TimeUnit.SECONDS);
    }
}
