package io.heliograph.gateway.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Database;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Conversations that are over do not stay. */
class ForgettingConversationsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Pool POOL = Database.pool(VERTX, TestDatabase.fresh().connectOptions("test"), 2);

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void forgets_what_was_silent_for_a_day_some_at_a_time() throws Exception {
        for (int hours : new int[] {1, 23, 25, 26, 400}) {
            var _ = POOL.query("INSERT INTO conversation (account_id, channel, number, person, stage, plan, choices,"
                            + " misunderstandings, language, last_at) VALUES (1, 'whatsapp', '+15005550006', '+1500555"
                            + hours + "', 'day', '{}', '[]', 0, 'en', now() - interval '" + hours + " hours')")
                    .execute()
                    .await(5, TimeUnit.SECONDS);
        }

        assertThat(forget()).isEqualTo(2);
        assertThat(forget()).isEqualTo(1);
        assertThat(forget()).isZero();
    }

    private static int forget() throws Exception {
        return ConversationStore.forget(POOL, Duration.ofDays(1), 2).await(5, TimeUnit.SECONDS);
    }
}
