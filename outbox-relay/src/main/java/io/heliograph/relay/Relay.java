package io.heliograph.relay;

import io.heliograph.broker.BrokerPublisher;
import io.heliograph.broker.QueueDepths;
import io.heliograph.relay.analytics.FoldAnalytics;
import io.heliograph.relay.care.EventKeeper;
import io.heliograph.relay.care.InboxKeeper;
import io.heliograph.relay.care.PartitionMaker;
import io.heliograph.relay.care.RecipientPlacePruner;
import io.heliograph.relay.care.VerificationKeeper;
import io.heliograph.relay.care.Watch;
import io.heliograph.relay.publish.PublishDue;
import io.heliograph.relay.publish.PublishMeters;
import io.heliograph.relay.publish.QueueRoom;
import io.heliograph.relay.publish.Topics;
import io.heliograph.relay.retention.Forgetting;
import io.heliograph.relay.retention.KeptForStore;
import io.heliograph.runtime.AdminServer;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.runtime.Loop;
import io.heliograph.runtime.Main;
import io.heliograph.runtime.Metrics;
import io.heliograph.runtime.RunningProcess;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The process that puts due promises onto the broker. Any number of them may run on one database, without a leader. */
public final class Relay {
    private static final int CONNECTIONS_MAX = 4;
    /** Of their own, so that nothing which is to leave waits for what is to be forgotten, or counted. */
    private static final int FORGETTING_CONNECTIONS_MAX = 2;

    private static final int CARE_CONNECTIONS_MAX = 2;

    private Relay() {}

    public static void main(String[] arguments) {
        Main.run("relay", RelayConfig::read, Relay::start);
    }

    /** Everything that a relay is made of. Fails when the schema is too old or the port is taken. */
    public static Future<RunningProcess> start(Vertx vertx, RelayConfig config) {
        PrometheusMeterRegistry registry = Metrics.registry();
        PgConnectOptions options = forFewRowsOfABigTable(config.databaseUrl());
        Pool pool = Database.pool(vertx, options, CONNECTIONS_MAX);
        Pool forgetting = Database.pool(vertx, options, FORGETTING_CONNECTIONS_MAX);
        Pool care = Database.pool(vertx, options, CARE_CONNECTIONS_MAX);
        return Database.requireSchema(pool)
                .compose(_ -> new KeptForStore(pool).put(config.kept()))
                .compose(_ -> {
                    BrokerPublisher publisher =
                            BrokerPublisher.start(vertx, config.broker(), "heliograph-relay", registry);
                    Watch watch = new Watch(vertx, options, registry);
                    return AdminServer.start(vertx, config.adminPort(), registry, readiness(pool, publisher, watch))
                            .map(admin -> new RunningProcess(
                                    admin,
                                    Stream.of(
                                                    parts(vertx, config, pool, publisher, registry),
                                                    care(config, care, watch, registry),
                                                    Forgetting.start(forgetting, registry))
                                            .flatMap(List::stream)
                                            .toList(),
                                    List.of(pool, care, forgetting)))
                            // It blocks, and the port that is taken is what the caller waits to hear of.
                            .onFailure(_ -> Thread.startVirtualThread(publisher::close));
                })
                .onFailure(_ -> {
                    var _ = pool.close();
                    var _ = care.close();
                    var _ = forgetting.close();
                });
    }

    /**
     * What puts promises onto the broker. Loops first, what they use after them: they are closed in this order, and before all else, as the
     * last round settles what it published.
     */
    private static List<AutoCloseable> parts(
            Vertx vertx, RelayConfig config, Pool pool, BrokerPublisher publisher, PrometheusMeterRegistry registry) {
        QueueDepths depths = QueueDepths.start(vertx, config.broker(), "heliograph-relay-depths", registry);
        Topics topics = new Topics(pool);
        QueueRoom room = new QueueRoom(depths, topics, config.limits().highWaterMark());
        PublishDue publishDue =
                new PublishDue(pool, publisher, topics, room, config.limits(), new PublishMeters(registry, room));
        return List.of(
                Loop.start("publish-due", Duration.ofMillis(1), config.pollPauseMax(), publishDue::runOnce),
                Loop.every("topics", Duration.ofMillis(250), topics::runOnce),
                Loop.every("queue-room", Duration.ofMillis(10), room::refreshIfNeeded),
                publisher,
                depths);
    }

    /** What is counted, made ahead and taken away beside that. */
    private static List<AutoCloseable> care(
            RelayConfig config, Pool pool, Watch watch, PrometheusMeterRegistry registry) {
        PartitionMaker partitions = new PartitionMaker(pool);
        RecipientPlacePruner placePruner = new RecipientPlacePruner(pool);
        VerificationKeeper verifications = new VerificationKeeper(pool, config.verifications(), registry);
        InboxKeeper inboxes = new InboxKeeper(pool);
        EventKeeper events = new EventKeeper(pool);
        FoldAnalytics analytics = new FoldAnalytics(pool, FoldAnalytics.DELAY, registry);
        return List.of(
                Loop.every("make-partitions", Duration.ofHours(1), partitions::runOnce),
                Loop.every("keep-event-partitions", Duration.ofHours(1), events::keepPartitions),
                Loop.every("keep-event-era", Duration.ofSeconds(5), events::keepEra),
                Loop.every("prune-recipient-places", Duration.ofSeconds(5), placePruner::runOnce),
                Loop.start("prune-inboxes", Duration.ofMillis(100), Duration.ofSeconds(5), inboxes::prune),
                Loop.every("trim-inboxes", Duration.ofSeconds(5), inboxes::trim),
                Loop.start(
                        "forget-secrets", Duration.ofMillis(100), Duration.ofSeconds(5), verifications::forgetSecrets),
                Loop.every("prune-verification-counts", Duration.ofSeconds(5), verifications::pruneCounts),
                Loop.every("judge-verifications", Duration.ofMinutes(1), verifications::judge),
                Loop.start("fold-analytics", FoldAnalytics.PAUSE, FoldAnalytics.PAUSE, analytics::runOnce),
                Loop.every("watch", Duration.ofMillis(500), watch::runOnce),
                watch);
    }

    private static Map<String, AdminServer.Check> readiness(Pool pool, BrokerPublisher publisher, Watch watch) {
        return Map.of(
                "database", () -> Database.requireSchema(pool).map(AdminServer.UP),
                "broker",
                        () -> Future.succeededFuture(
                                publisher.isConnected() ? AdminServer.UP : "not connected to the broker"),
                "ledger", () -> Future.succeededFuture(watch.state()));
    }

    /** Every statement of the relay touches few rows of a table that may be big. */
    public static PgConnectOptions forFewRowsOfABigTable(DatabaseUrl url) {
        return IndexedPlans.byNestedLoops(url.connectOptions("heliograph-relay"));
    }
}
