package io.heliograph.bench.scenario;

import io.heliograph.bench.rig.Database;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One gateway, one relay and one worker, and what the worker sends to. */
final class Pipeline implements AutoCloseable {
    private static final long POLL_NANOS = 100_000_000;

    /** Not how many: to count a million of them again and again would take the processor from what is measured. */
    private static final String IS_ANY_LEFT = "SELECT count(*) FROM (SELECT FROM outbox LIMIT 1) AS one";

    /** Takes everything at once: what is measured is ours alone. */
    private static final String DRY_RUN = """
        providers:
          dry-run: {kind: log}
        routes: {sms: dry-run, whatsapp: dry-run}
        """;

    private static final String PLIVO = """
        providers:
          plivo:
            kind: plivo
            base_url: URL
            auth_id: MAHELIOGRAPH00000001
            auth_token: heliograph-simulator-plivo-token-0000000
            from: "+15005550006"
            limits: {batch: 100}
        routes: {sms: plivo}
        """;

    private final Rig rig;
    private final RunningProgram gateway;
    private final RunningProgram relay;
    private final RunningProgram worker;

    private Pipeline(Rig rig, RunningProgram gateway, RunningProgram relay, RunningProgram worker) {
        this.rig = rig;
        this.gateway = gateway;
        this.relay = relay;
        this.worker = worker;
    }

    /** Not started. The names of the instances begin with that of the scenario. */
    static Pipeline toNowhere(Rig rig, String scenario) throws IOException {
        return toNowhere(rig, scenario, Map.of());
    }

    /** With some settings of the gateway's own. */
    static Pipeline toNowhere(Rig rig, String scenario, Map<String, String> ofGateway) throws IOException {
        Path providers = Files.writeString(rig.folder().resolve("providers.yaml"), DRY_RUN);
        // The line of the log for each message is what such a provider costs, and not ours.
        return of(
                rig,
                scenario,
                ofGateway,
                Map.of("HELIOGRAPH_PROVIDERS", providers.toString(), "HELIOGRAPH_LOG_LEVEL", "WARN"));
    }

    /** Not started. Through the SDK to this simulator, whose callbacks come to our gateway. */
    static Pipeline toTwilio(Rig rig, String scenario, RunningProgram simulator) {
        int port = simulator.endpoints().http();
        return of(rig, scenario, Map.of(), Map.of("HELIOGRAPH_SIMULATOR_PORT", Integer.toString(port)));
    }

    /** Not started. Up to a hundred messages a call. */
    static Pipeline toPlivo(Rig rig, String scenario, RunningProgram simulator) throws IOException {
        Path providers = Files.writeString(
                rig.folder().resolve(scenario + "-providers.yaml"),
                PLIVO.replace("URL", simulator.endpoints().url()));
        return of(rig, scenario, Map.of(), Map.of("HELIOGRAPH_PROVIDERS", providers.toString()));
    }

    private static Pipeline of(Rig rig, String scenario, Map<String, String> ofGateway, Map<String, String> provider) {
        RunningProgram gateway = rig.program(Program.GATEWAY, scenario + "-gateway", ofGateway);
        Map<String, String> worker = new HashMap<>(provider);
        worker.put("HELIOGRAPH_PUBLIC_URL", gateway.endpoints().url());
        return new Pipeline(
                rig,
                gateway,
                rig.program(Program.RELAY, scenario + "-relay", Map.of()),
                rig.program(Program.WORKER, scenario + "-worker", worker));
    }

    void start() throws IOException {
        gateway.start();
        startSending();
        gateway.awaitReady();
    }

    /** All but the gateway. */
    void startSending() throws IOException {
        worker.start();
        relay.start();
        worker.awaitReady();
        relay.awaitReady();
    }

    RunningProgram gateway() {
        return gateway;
    }

    RunningProgram[] programs() {
        return new RunningProgram[] {gateway, relay, worker};
    }

    /** Those that {@link #startSending} starts. */
    RunningProgram[] sending() {
        return new RunningProgram[] {relay, worker};
    }

    Database database() {
        return rig.database();
    }

    /** Until no promise is outstanding. Fails after the time. */
    Duration awaitEmptyOutbox(Duration max) throws IOException, SQLException {
        long start = System.nanoTime();
        while (database().number(IS_ANY_LEFT) > 0) {
            if (System.nanoTime() - start > max.toNanos()) {
                throw new IOException("The outbox is not empty after " + max.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        gateway.close();
        relay.close();
        worker.close();
    }
}
