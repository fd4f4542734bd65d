package io.heliograph.worker;

import io.heliograph.providers.OlderFileException;
import io.heliograph.runtime.AdminServer;
import io.heliograph.runtime.CommandLine;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Environment;
import io.heliograph.runtime.Main;
import io.heliograph.runtime.Metrics;
import io.heliograph.worker.ledger.ByIdConnections;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Off the broker: claim, send, record. Any number of workers may run, anywhere; they share nothing but the database.
 */
public final class Worker implements Main.Running {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final int RATE_CONNECTIONS_MAX = 4;

    private final Vertx vertx;
    private final List<Pool> pools;
    private final DeliveryLine line;
    private final AdminServer admin;

    private Worker(Vertx vertx, List<Pool> pools, DeliveryLine line, AdminServer admin) {
        this.vertx = vertx;
        this.pools = pools;
        this.line = line;
        this.admin = admin;
    }

    @SuppressWarnings("SystemOut") // Whoever asks for help reads it in a terminal.
    public static void main(String[] args) {
        if (CommandLine.asksForHelp(List.of(args))) {
            System.out.println(WorkerArguments.USAGE);
            return;
        }
        WorkerArguments given = WorkerArguments.of(System.getenv(), args);
        Main.run("worker", new Environment(given.variables()), WorkerConfig.reader(given), Worker::start);
    }

    /** Fails when the schema is missing or too old. A broker that is away is waited for, in the background. */
    public static Future<Worker> start(Vertx vertx, WorkerConfig config) {
        if (config.sendsNothingForAPublicUrl()) {
            log.atWarn()
                    .log(
                            "HELIOGRAPH_PUBLIC_URL is not on this machine, but HELIOGRAPH_PROVIDERS names no file: everything goes to"
                                    + " the simulator on localhost, which sends nothing to anybody");
        }
        PrometheusMeterRegistry registry = Metrics.registry();
        PgConnectOptions options = ByIdConnections.options(config.database(), "heliograph worker");
        Pool pool = Database.pool(vertx, options, DeliveryLine.connectionsMax(config));
        // A lease must never wait behind a claim, nor for the disk.
        PgConnectOptions unflushed = ByIdConnections.options(config.database(), "heliograph worker limits")
                .addProperty("synchronous_commit", "off");
        Pool ratePool = Database.pool(vertx, unflushed, RATE_CONNECTIONS_MAX);
        return Database.requireSchema(pool)
                .compose(current -> Fleet.through(ratePool).putInForce(config.providers()))
                .recover(Worker::asMistake)
                // Putting it together loads half of the program, which is no work for an event loop.
                .compose(current ->
                        vertx.executeBlocking(() -> new DeliveryLine(vertx, config, pool, ratePool, registry)))
                .compose(line -> open(vertx, config, registry, List.of(pool, ratePool), line))
                .recover(failure ->
                        Database.close(List.of(pool, ratePool)).transform(closed -> Future.failedFuture(failure)));
    }

    public int adminPort() {
        return admin.port();
    }

    /** Ends the intake, lets what is in flight end and be recorded, and closes everything. */
    @Override
    public Future<Void> stop() {
        return stop(vertx, line).compose(stopped -> Database.close(pools)).compose(closed -> admin.stop());
    }

    private static Future<Worker> open(
            Vertx vertx, WorkerConfig config, PrometheusMeterRegistry registry, List<Pool> pools, DeliveryLine line) {
        return AdminServer.start(vertx, config.adminPort(), registry, readiness(pools.getFirst(), line))
                .map(admin -> new Worker(vertx, pools, line, admin))
                .recover(failure -> stop(vertx, line).transform(stopped -> Future.failedFuture(failure)));
    }

    /** An older file is a mistake like any other; that it is one only the fleet knows. */
    private static Future<Void> asMistake(Throwable failure) {
        return Future.failedFuture(
                failure instanceof OlderFileException older
                        ? new ConfigurationException(List.of(String.valueOf(older.getMessage())))
                        : failure);
    }

    private static Future<Void> stop(Vertx vertx, DeliveryLine line) {
        return vertx.executeBlocking(() -> {
            line.stop();
            return null;
        });
    }

    private static Map<String, AdminServer.Check> readiness(Pool pool, DeliveryLine line) {
        return Map.of(
                "database",
                () -> pool.query("SELECT 1").execute().map(AdminServer.UP),
                "broker",
                () -> Future.succeededFuture(line.isConnected() ? AdminServer.UP : "not connected"));
    }
}
