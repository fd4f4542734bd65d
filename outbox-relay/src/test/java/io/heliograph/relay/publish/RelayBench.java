package io.heliograph.relay.publish;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.heliograph.broker.BrokerPublisher;
import io.heliograph.broker.QueueDepths;
import io.heliograph.contract.Envelope;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Queues;
import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Metrics;
import io.heliograph.testing.PrivateRabbit;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The publishing parts of a relay without its loops, between a database and a broker that are watched from outside. */
final class RelayBench implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);

    final TestOutbox outbox;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final BrokerPublisher publisher;
    private final QueueDepths depths;
    private final Topics topics;
    private final QueueRoom room;
    private final PublishDue publishDue;
    private final Connection connection;
    private final Channel channel;

    RelayBench(PrivateRabbit rabbit, PublishLimits limits) throws SQLException, IOException, TimeoutException {
        this(rabbit, limits, new TestOutbox());
    }

    /** Another relay on the same database and broker. */
    RelayBench(PrivateRabbit rabbit, PublishLimits limits, TestOutbox outbox) throws IOException, TimeoutException {
        this.outbox = outbox;
        PrometheusMeterRegistry registry = Metrics.registry();
        pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 2);
        publisher = BrokerPublisher.start(vertx, rabbit.settings(), "test", registry);
        depths = QueueDepths.start(vertx, rabbit.settings(), "test depths", registry);
        topics = new Topics(pool);
        room = new QueueRoom(depths, topics, limits.highWaterMark());
        publishDue = new PublishDue(pool, publisher, topics, room, limits, new PublishMeters(registry, room));
        var _ = pool.query("SELECT 1").execute().await(10, TimeUnit.SECONDS);
        connection = rabbit.connect();
        channel = connection.createChannel();
        awaitBroker();
    }

    /** Until rounds can be published. */
    void awaitBroker() {
        await().atMost(SOON).until(() -> {
            int _ = topics.runOnce();
            room.refresh();
            return publisher.isConnected() && room.envelopes(new QueueKey(Lane.CRITICAL, "sms")) > 0;
        });
    }

    int runOnce() throws Exception {
        return publishDue.runOnce();
    }

    /** What a look at the queues every so often tells the relay. */
    void lookAtQueues() {
        room.refresh();
    }

    /** Takes all envelopes off a queue. */
    List<Envelope> takeAll(Lane lane) throws IOException {
        List<Envelope> taken = new ArrayList<>();
        GetResponse got = channel.basicGet(queue(lane), true);
        while (got != null) {
            taken.add(Envelope.decode(Buffer.buffer(got.getBody())));
            got = channel.basicGet(queue(lane), true);
        }
        return taken;
    }

    List<UUID> takeIds(Lane lane) throws IOException {
        return takeAll(lane).stream()
                .flatMap(envelope -> envelope.ids().stream())
                .toList();
    }

    @Override
    public void close() throws Exception {
        publisher.close();
        depths.close();
        connection.abort(1_000);
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    private static String queue(Lane lane) {
        return Queues.name("sms", lane);
    }
}
