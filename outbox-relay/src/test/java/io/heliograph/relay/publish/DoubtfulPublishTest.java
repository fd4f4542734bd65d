package io.heliograph.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Lane;
import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a promise whose publish is in doubt. */
class DoubtfulPublishTest {
    private final Vertx vertx = Vertx.vertx();
    private TestOutbox outbox;
    private Pool pool;
    private OutboxStore store;

    @BeforeEach
    void start() throws Exception {
        outbox = new TestOutbox();
        pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 2);
        store = new OutboxStore(pool);
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    @Test
    void makes_it_due_at_once_with_the_lease_it_had() throws Exception {
        UUID id = outbox.due(Lane.NORMAL);
        take();

        assertThat(store.release(List.of(id), List.of((short) 1))).isEqualTo(1);

        assertThat(outbox.secondsUntilDue(id)).isLessThanOrEqualTo(0);
        assertThat(outbox.publishesOf(id)).isZero();
    }

    @Test
    void leaves_it_alone_when_it_was_published_again_since() throws Exception {
        UUID id = outbox.due(Lane.NORMAL);
        take();
        outbox.execute("UPDATE outbox SET due_at = now() WHERE message_id = ?", id);
        take();

        assertThat(store.release(List.of(id), List.of((short) 1))).isZero();

        assertThat(outbox.publishesOf(id)).isEqualTo(2);
        assertThat(outbox.secondsUntilDue(id)).isPositive();
    }

    @Test
    void does_not_wait_for_a_worker_that_is_settling_it() throws Exception {
        UUID settling = outbox.due(Lane.NORMAL);
        UUID other = outbox.due(Lane.NORMAL);
        take();

        try (Connection worker = outbox.connect()) {
            worker.setAutoCommit(false);
            worker.createStatement().execute("DELETE FROM outbox WHERE message_id = '" + settling + "'");
            assertThat(store.release(List.of(settling, other), List.of((short) 1, (short) 1)))
                    .isEqualTo(1);
        }

        assertThat(outbox.publishesOf(other)).isZero();
    }

    @Test
    void comes_again_when_the_relay_that_took_it_died_before_publishing() throws Exception {
        UUID id = outbox.due(Lane.NORMAL);
        PublishLimits shortLease =
                new PublishLimits(Duration.ofMillis(300), Duration.ofMinutes(10), 100, 100, Duration.ofSeconds(1));
        List<QueueAsk> ask =
                List.of(new QueueAsk(new Line(new QueueKey(Lane.NORMAL, "sms"), 1), DueFloors.ALL, 100, false));

        assertThat(store.takeDue(ask, shortLease)).hasSize(1);

        await().until(() -> !store.takeDue(ask, shortLease).isEmpty());
        assertThat(outbox.publishesOf(id)).isEqualTo(2);
    }

    private void take() throws Exception {
        Line line = new Line(new QueueKey(Lane.NORMAL, "sms"), 1);
        assertThat(store.takeDue(List.of(new QueueAsk(line, DueFloors.ALL, 100, false)), PublishLimits.DEFAULTS))
                .isNotEmpty();
    }
}
