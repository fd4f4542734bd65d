package io.heliograph.gateway.messages.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Reason;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How far one look goes, which a test through HTTP would need very many messages to see. */
class DeadLetterStoreTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Pool POOL = Database.pool(VERTX, TestDatabase.fresh(), "test", 2);
    private static final long ACCOUNT = 7;
    private static final DeadLetterFilter ALL = new DeadLetterFilter(Ids.FIRST, Ids.LAST, Reason.CODES, null, null);

    /** 40 messages, of which the 5th, the 6th and the 33rd are dead. */
    @BeforeAll
    static void messages() throws Exception {
        var _ = POOL.query(
                        "INSERT INTO message (id, account_id, status, reason, channel, lane, on_unknown, segments, encoding,"
                                + " created_at, expires_at, settled_at, recipient, body)"
                                + " SELECT ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, " + ACCOUNT
                                + ","
                                + " CASE WHEN n IN (5, 6, 33) THEN 'failed' ELSE 'delivered' END,"
                                + " CASE WHEN n IN (5, 6, 33) THEN 'attempts_used_up' END, 'sms', 'normal', 'fail', 1, 'gsm7',"
                                + " now(), now(), now(), '+15005550010', 'Hello' FROM generate_series(1, 40) n")
                .execute()
                .await(5, TimeUnit.SECONDS);
    }

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void looks_back_over_so_many_messages_and_says_where_it_stopped() throws Exception {
        List<List<Integer>> looks = new ArrayList<>();
        UUID cursor = null;
        do {
            DeadLetterStore.Look look = new DeadLetterStore(POOL, 10)
                    .list(ACCOUNT, ALL.before(cursor), 100)
                    .await(5, TimeUnit.SECONDS);
            looks.add(numbers(look));
            cursor = look.next();
        } while (cursor != null);

        assertThat(looks).containsExactly(List.of(33), List.of(), List.of(), List.of(6, 5), List.of());
    }

    @Test
    void looks_ahead_over_so_many_messages_and_says_where_it_stopped() throws Exception {
        List<List<Integer>> looks = new ArrayList<>();
        UUID cursor = null;
        do {
            DeadLetterStore.Look look = new DeadLetterStore(POOL, 15)
                    .open(ACCOUNT, ALL.after(cursor), 1)
                    .await(5, TimeUnit.SECONDS);
            looks.add(numbers(look));
            cursor = look.next();
        } while (cursor != null);

        assertThat(looks).containsExactly(List.of(5), List.of(6), List.of(), List.of(33), List.of());
    }

    @Test
    void finds_nothing_of_another_account() throws Exception {
        DeadLetterStore.Look look =
                new DeadLetterStore(POOL, 10).list(ACCOUNT + 1, ALL, 100).await(5, TimeUnit.SECONDS);

        assertThat(look.found()).isEmpty();
        assertThat((@Nullable Object) look.next()).isNull();
    }

    private static List<Integer> numbers(DeadLetterStore.Look look) {
        return look.found().stream()
                .map(row -> (int) (row.getUUID("id").getLeastSignificantBits() & 0xff))
                .map(bits -> Integer.parseInt(Integer.toHexString(bits)))
                .toList();
    }
}
