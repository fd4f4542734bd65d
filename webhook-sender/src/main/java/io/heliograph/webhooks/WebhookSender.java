package io.heliograph.webhooks;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.runtime.AdminServer;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.runtime.Loop;
import io.heliograph.runtime.Main;
import io.heliograph.runtime.Metrics;
import io.heliograph.webhooks.address.DnsNames;
import io.heliograph.webhooks.address.Names;
import io.heliograph.webhooks.deliver.DeliverDue;
import io.heliograph.webhooks.deliver.DeliverLimits;
import io.heliograph.webhooks.deliver.WebhookMeters;
import io.heliograph.webhooks.post.Post;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The process that tells customers' endpoints what happened. It talks to hosts that strangers have named, so it knows no provider and
 * has no credential of one. Any number of them may run on one database, without a leader.
 */
public final class WebhookSender implements Main.Running {
    private static final int CONNECTIONS_MAX = 4;
    /** Beyond a try's own time: for the database to take it and to record it. */
    private static final Duration LEASE_BEYOND_TRY = Duration.ofSeconds(45);

    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(6);

    private final Vertx vertx;
    private final AdminServer adminServer;
    private final List<AutoCloseable> parts;
    private final Post post;
    private final Pool pool;

    private WebhookSender(Vertx vertx, AdminServer adminServer, List<AutoCloseable> parts, Post post, Pool pool) {
        this.vertx = vertx;
        this.adminServer = adminServer;
        this.parts = parts;
        this.post = post;
        this.pool = pool;
    }

    public static void main(String[] arguments) {
        Main.run("webhook-sender", WebhookSenderConfig::read, WebhookSender::start);
    }

    /** Everything that a webhook-sender is made of. Fails when the schema is too old or the port is taken. */
    public static Future<WebhookSender> start(Vertx vertx, WebhookSenderConfig config) {
        DnsNames names = new DnsNames();
        return start(vertx, config, names).onFailure(_ -> names.close()).map(sender -> sender.closing(names));
    }

    /** The same, with somebody else's names. */
    static Future<WebhookSender> start(Vertx vertx, WebhookSenderConfig config, Names names) {
        PrometheusMeterRegistry registry = Metrics.registry();
        Pool pool = Database.pool(
                vertx,
                IndexedPlans.byNestedLoops(config.databaseUrl().connectOptions("heliograph-webhook-sender")),
                CONNECTIONS_MAX);
        return Database.requireSchema(pool)
                .compose(_ -> AdminServer.start(vertx, config.adminPort(), registry, readiness(pool)))
                .map(admin -> {
                    Post post = post(vertx, config, names);
                    return new WebhookSender(vertx, admin, parts(config, pool, post, registry), post, pool);
                })
                .onFailure(_ -> pool.close());
    }

    public int adminPort() {
        return adminServer.port();
    }

    /** Takes nothing new, lets what is under way end, for some seconds, and records it. */
    @Override
    public Future<Void> stop() {
        return adminServer
                .stop()
                .eventually(() -> vertx.executeBlocking(() -> {
                    for (AutoCloseable part : parts) {
                        part.close();
                    }
                    return null;
                }))
                .eventually(post::close)
                .eventually(pool::close);
    }

    private WebhookSender closing(DnsNames names) {
        List<AutoCloseable> all = new ArrayList<>(parts);
        all.add(names);
        return new WebhookSender(vertx, adminServer, all, post, pool);
    }

    private static Post post(Vertx vertx, WebhookSenderConfig config, Names names) {
        return new Post(vertx, names, AllowedAddresses.beside(config.allow()), config.inFlightMax(), config.timeout());
    }

    /** They are closed in this order. */
    private static List<AutoCloseable> parts(
            WebhookSenderConfig config, Pool pool, Post post, PrometheusMeterRegistry registry) {
        DeliverDue deliverDue =
                new DeliverDue(pool, post, limits(config), Clock.systemUTC(), new WebhookMeters(registry));
        return List.of(
                Loop.start("deliver-due", Duration.ofMillis(1), config.pollPauseMax(), deliverDue::runOnce),
                // A statement for each would cost more than the deliveries: what ends within the pause is recorded
                // together.
                Loop.start("record-tries", Duration.ofMillis(5), Duration.ofMillis(10), deliverDue::recordOnce),
                () -> finish(deliverDue));
    }

    /** On a thread of its own: the one that stops us is Vert.x's, and may not wait for a statement. */
    private static void finish(DeliverDue deliverDue) throws InterruptedException {
        Thread finishing = Thread.ofVirtual().name("finish").start(() -> deliverDue.finish(STOP_WAIT_MAX));
        boolean _ = finishing.join(STOP_WAIT_MAX.plusSeconds(1));
    }

    private static DeliverLimits limits(WebhookSenderConfig config) {
        return new DeliverLimits(
                config.inFlightMax(),
                config.inFlightPerEndpointMax(),
                config.timeout().plus(LEASE_BEYOND_TRY),
                config.retryFor(),
                config.disableAfter(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private static Map<String, AdminServer.Check> readiness(Pool pool) {
        return Map.of("database", () -> Database.requireSchema(pool).map(AdminServer.UP));
    }
}
