package io.heliograph.webhooks;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.address.DnsNames;
import io.heliograph.address.Names;
import io.heliograph.runtime.AdminServer;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.runtime.Loop;
import io.heliograph.runtime.Main;
import io.heliograph.runtime.Metrics;
import io.heliograph.runtime.RunningProcess;
import io.heliograph.webhooks.deliver.DeliverDue;
import io.heliograph.webhooks.deliver.DeliverLimits;
import io.heliograph.webhooks.deliver.WebhookMeters;
import io.heliograph.webhooks.post.Post;
import io.heliograph.webhooks.post.TrustedCertificates;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The process that tells customers' endpoints what happened. It talks to hosts that strangers have named, so it knows no provider and
 * has no credential of one. Any number of them may run on one database, without a leader.
 */
public final class WebhookSender {
    private static final int CONNECTIONS_MAX = 4;
    /** Beyond a try's own time: for the database to take it and to record it. */
    private static final Duration LEASE_BEYOND_TRY = Duration.ofSeconds(45);

    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(6);

    private WebhookSender() {}

    public static void main(String[] arguments) {
        Main.run("webhook-sender", WebhookSenderConfig::read, WebhookSender::start);
    }

    /** Everything that a webhook-sender is made of. Fails when the schema is too old or the port is taken. */
    public static Future<RunningProcess> start(Vertx vertx, WebhookSenderConfig config) {
        return start(vertx, config, new DnsNames());
    }

    /** The same, with somebody else's names. When it is stopped, what is under way has some seconds to end, and is recorded. */
    static Future<RunningProcess> start(Vertx vertx, WebhookSenderConfig config, Names names) {
        PrometheusMeterRegistry registry = Metrics.registry();
        Pool pool = Database.pool(
                vertx,
                IndexedPlans.byNestedLoops(config.databaseUrl().connectOptions("heliograph-webhook-sender")),
                CONNECTIONS_MAX);
        Post post = post(vertx, config, names);
        return Database.requireSchema(pool)
                .compose(_ -> AdminServer.start(vertx, config.adminPort(), registry, readiness(pool)))
                .map(admin -> new RunningProcess(admin, parts(config, pool, post, names, registry), List.of(pool)))
                .onFailure(_ -> names.close())
                .onFailure(_ -> post.close())
                .onFailure(_ -> pool.close());
    }

    private static Post post(Vertx vertx, WebhookSenderConfig config, Names names) {
        return new Post(
                vertx,
                names,
                AllowedAddresses.beside(config.allow()),
                TrustedCertificates.beside(config.ca()),
                config.inFlightMax(),
                config.timeout());
    }

    /** They are closed in this order. */
    private static List<AutoCloseable> parts(
            WebhookSenderConfig config, Pool pool, Post post, Names names, PrometheusMeterRegistry registry) {
        DeliverDue deliverDue =
                new DeliverDue(pool, post, limits(config), Clock.systemUTC(), new WebhookMeters(registry));
        return List.of(
                Loop.start("deliver-due", Duration.ofMillis(1), config.pollPauseMax(), deliverDue::runOnce),
                // A statement for each would cost more than the deliveries: what ends within the pause is recorded
                // together.
                Loop.start("record-tries", Duration.ofMillis(5), Duration.ofMillis(10), deliverDue::recordOnce),
                () -> deliverDue.finish(STOP_WAIT_MAX),
                post,
                names);
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
