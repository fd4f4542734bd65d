package io.heliograph.standalone;

import io.heliograph.db.Migrate;
import io.heliograph.gateway.Gateway;
import io.heliograph.gateway.GatewayConfig;
import io.heliograph.relay.Relay;
import io.heliograph.relay.RelayConfig;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Loop;
import io.heliograph.runtime.Main;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.standalone.embedded.CannotStartException;
import io.heliograph.standalone.embedded.DataDirectory;
import io.heliograph.standalone.embedded.EmbeddedBroker;
import io.heliograph.standalone.embedded.EmbeddedPostgres;
import io.heliograph.webhooks.WebhookSender;
import io.heliograph.webhooks.WebhookSenderConfig;
import io.heliograph.worker.Worker;
import io.heliograph.worker.WorkerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts in one JVM, each started when what it needs is there, and stopped in the opposite order. They are the same
 * as in separate processes: they meet only in PostgreSQL, at the broker and over HTTP.
 */
final class Standalone implements AutoCloseable {
    private static final long SECONDS_MAX = 20;
    private static final Duration KEEP_INTERVAL = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Standalone.class);

    private final DataDirectory directory;
    private final Map<String, String> variables;
    private final Ports ports;
    private final Consumer<String> progress;
    private final Clock clock;
    private final Deque<Part> running = new ArrayDeque<>();

    /** {@code progress} is told in a few words what happens. */
    Standalone(DataDirectory directory, Map<String, String> variables, Ports ports, Consumer<String> progress) {
        this(directory, variables, ports, progress, Clock.systemUTC());
    }

    /** The gateway goes by another clock. */
    Standalone(
            DataDirectory directory,
            Map<String, String> variables,
            Ports ports,
            Consumer<String> progress,
            Clock clock) {
        this.clock = clock;
        this.directory = directory;
        this.variables = variables;
        this.ports = ports;
        this.progress = progress;
    }

    /** Throws {@link CannotStartException} when a part does not start; {@link #close} then stops those that did. */
    synchronized void start(ApiKey key) {
        progress.accept("Starting PostgreSQL and the broker...");
        CompletableFuture<EmbeddedBroker> startingBroker = CompletableFuture.supplyAsync(EmbeddedBroker::start);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, directory.path());
        started("PostgreSQL", postgres::close);
        EmbeddedBroker broker = join(startingBroker);
        started("broker", broker::close);
        migrate(postgres.url());

        progress.accept("Starting gateway, simulator, worker, relay and webhook-sender...");
        Settings settings = new Settings(variables, ports, postgres.url(), broker.url(), key);
        Vertx vertx = Main.vertx();
        started("event loops", () -> await(vertx.close()));
        started("gateway", Gateway.start(vertx, GatewayConfig.read(settings.gateway()), clock));
        started("simulator", Simulator.start(vertx, SimulatorConfig.read(settings.simulator())));
        started("worker", Worker.start(vertx, WorkerConfig.read(settings.worker())));
        started("relay", Relay.start(vertx, RelayConfig.read(settings.relay())));
        started("webhook-sender", WebhookSender.start(vertx, WebhookSenderConfig.read(settings.webhookSender())));
        Loop keeper = Loop.every("keep-postgresql", KEEP_INTERVAL, () -> postgres.revive() ? 1 : 0);
        started("PostgreSQL's keeper", keeper::close);
    }

    /** In the opposite order: nothing new is published, what is being sent is recorded, and PostgreSQL goes last. */
    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            Part part = running.pop();
            try {
                part.stop().run();
                log.atInfo().addKeyValue("part", part.name()).log("Stopped");
            } catch (RuntimeException e) {
                log.atWarn().addKeyValue("part", part.name()).setCause(e).log("Did not stop cleanly");
            }
        }
    }

    private void migrate(DatabaseUrl url) {
        int applied = Migrate.migrate(url.jdbc(), url.user(), url.password());
        if (applied > 0) {
            progress.accept("Applied " + applied + " migrations.");
        }
    }

    private void started(String name, Future<? extends Main.Running> starting) {
        try {
            Main.Running process = await(starting);
            started(name, () -> await(process.stop()));
        } catch (Exception e) {
            // What a future failed with is thrown as it is: of a port that is taken, an IOException.
            throw new CannotStartException(
                    "The " + name + " does not start: " + Failures.describe(e) + ": " + e.getMessage(), e);
        }
    }

    private void started(String name, Runnable stop) {
        log.atInfo().addKeyValue("part", name).log("Started");
        running.push(new Part(name, stop));
    }

    private static EmbeddedBroker join(CompletableFuture<EmbeddedBroker> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new CannotStartException(
                    String.valueOf(starting.exceptionNow().getMessage()), e);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Not done within " + SECONDS_MAX + " seconds", e);
        }
    }

    private record Part(String name, Runnable stop) {}
}
