package io.heliograph.journeys;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.gateway.Gateway;
import io.heliograph.gateway.GatewayConfig;
import io.heliograph.relay.Relay;
import io.heliograph.relay.RelayConfig;
import io.heliograph.runtime.BrokerUrl;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.runtime.FreePorts;
import io.heliograph.runtime.Main;
import io.heliograph.runtime.RunningProcess;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.LogGuard;
import io.heliograph.testing.TestDatabase;
import io.heliograph.webhooks.WebhookSender;
import io.heliograph.webhooks.WebhookSenderConfig;
import io.heliograph.worker.Worker;
import io.heliograph.worker.WorkerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A whole installation: gateways, relays and workers, as many as wanted, and the simulator that plays the provider, in
 * the test's JVM; further ones in JVMs of their own, to be killed. Leases are short, so that what is lost comes back soon.
 */
final class House implements AutoCloseable {
    static final String API_KEY = "key-of-the-journeys";
    static final String TEXT = "A text that is nobody else's business";
    private static final long SECONDS_MAX = 30;

    private final Map<String, String> variables = new HashMap<>();
    private final Vertx vertx = Main.vertx();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Gateway> gateways = new ArrayList<>();
    private final List<RunningProcess> relays = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<RunningProcess> webhookSenders = new ArrayList<>();
    private final DatabaseUrl databaseUrl;
    private final SimulatorControl simulator;
    private final Api api;

    private House(DatabaseUrl databaseUrl, BrokerUrl brokerUrl, Map<String, String> settings) {
        this.databaseUrl = databaseUrl;
        int port = FreePorts.next();
        variables.put("HELIOGRAPH_DATABASE_URL", databaseUrl.withPassword());
        variables.put("HELIOGRAPH_BROKER_URL", brokerUrl.withPassword());
        variables.put("HELIOGRAPH_PUBLIC_URL", "http://localhost:" + port);
        variables.put("HELIOGRAPH_API_KEY", API_KEY);
        variables.put("HELIOGRAPH_ADMIN_PORT", "0");
        variables.put("HELIOGRAPH_SIMULATOR_PORT", "0");
        variables.put("HELIOGRAPH_LEASE", "4s");
        variables.put("HELIOGRAPH_PUSH_ALLOW", "127.0.0.0/8,::1/128");
        variables.putAll(settings);
        parts.push(() -> await(vertx.close()));
        Simulator started = await(Simulator.start(vertx, SimulatorConfig.read(environment())));
        parts.push(() -> await(started.stop()));
        variables.put("HELIOGRAPH_SIMULATOR_PORT", Integer.toString(started.port()));
        this.simulator = new SimulatorControl(started.url());
        parts.push(simulator);
        // The first gateway is where the provider calls back.
        variables.put("HELIOGRAPH_HTTP_PORT", Integer.toString(port));
        startGateway();
        variables.put("HELIOGRAPH_HTTP_PORT", "0");
        this.api = new Api("http://localhost:" + port);
        parts.push(api);
    }

    /** A gateway, a relay and a worker on a fresh database, for journeys on which nobody of them dies. */
    static House start(BrokerUrl broker) {
        House house = withGateway(TestDatabase.fresh(), broker, Map.of("HELIOGRAPH_LEASE", "30s"));
        house.startRelay();
        house.startWorker();
        return house;
    }

    /** Watches the log of a journey: nothing of what its messages say, to whom, and no secret may be in it. */
    static LogGuard logGuard() {
        return new LogGuard(Numbers.PREFIX, TEXT, API_KEY, SimulatorAccount.AUTH_TOKEN);
    }

    /** A gateway and the simulator; nothing is sent until there is a relay and a worker. */
    static House withGateway(DatabaseUrl database, BrokerUrl broker, Map<String, String> settings) {
        return new House(database, broker, settings);
    }

    Gateway startGateway() {
        Gateway gateway = started(Gateway.start(vertx, GatewayConfig.read(environment())));
        gateways.add(gateway);
        return gateway;
    }

    RunningProcess startRelay() {
        RunningProcess relay = started(Relay.start(vertx, RelayConfig.read(environment())));
        relays.add(relay);
        return relay;
    }

    Worker startWorker() {
        Worker worker = started(Worker.start(vertx, WorkerConfig.read(environment())));
        workers.add(worker);
        return worker;
    }

    /** It may call this machine. */
    void startWebhookSender() {
        variables.put("HELIOGRAPH_WEBHOOK_ALLOW", "127.0.0.0/8");
        webhookSenders.add(started(WebhookSender.start(vertx, WebhookSenderConfig.read(environment()))));
    }

    /** A relay, worker or gateway of this house in a JVM of its own, ready to work. */
    ChildJvm startChild(Class<?> main) {
        return startChild(main, Map.of());
    }

    /** The same, with settings of its own. */
    ChildJvm startChild(Class<?> main, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(settings);
        ChildJvm child = ChildJvm.start(main, all).awaitReady();
        parts.push(child);
        return child;
    }

    /** The API as the house's first account sees it, at the first gateway. */
    Api api() {
        return api;
    }

    /** The same at the gateway on another port. */
    Api apiAt(int port) {
        Api other = new Api("http://localhost:" + port);
        parts.push(other);
        return other;
    }

    /** The API as another customer sees it, at the first gateway. */
    Api apiOf(String account, String key) {
        rows().execute("INSERT INTO account (name) VALUES ('" + account + "')");
        rows().execute("INSERT INTO api_key (key_hash, account_id, scopes) SELECT sha256('" + key + "'), id,"
                + " '{messages:write,messages:read}' FROM account WHERE name = '" + account + "'");
        Api other = new Api(api.base(), key);
        parts.push(other);
        return other;
    }

    SimulatorControl simulator() {
        return simulator;
    }

    DatabaseUrl databaseUrl() {
        return databaseUrl;
    }

    Rows rows() {
        return new Rows(databaseUrl);
    }

    /** Of every process of this house in this JVM. */
    List<Integer> adminPorts() {
        List<Integer> ports = new ArrayList<>();
        gateways.forEach(gateway -> ports.add(gateway.adminPort()));
        relays.forEach(relay -> ports.add(relay.adminPort()));
        workers.forEach(worker -> ports.add(worker.adminPort()));
        webhookSenders.forEach(sender -> ports.add(sender.adminPort()));
        return ports;
    }

    /** In the opposite order of starting. */
    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private <T extends Main.Running> T started(Future<T> starting) {
        T part = await(starting);
        parts.push(() -> await(part.stop()));
        return part;
    }

    private Environment environment() {
        return new Environment(variables);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
