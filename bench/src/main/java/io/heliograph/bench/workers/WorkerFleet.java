package io.heliograph.bench.workers;

import io.heliograph.bench.rig.Database;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import io.heliograph.bench.scenario.Setting;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.Rates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One gateway, one relay, and workers that come and go; they send one message a call to a simulated provider, which
 * calls nobody back.
 */
final class WorkerFleet implements AutoCloseable {
    private static final int STARTS_MAX = 3;

    /** What comes while the provider's clock stands still seems to come at once: with another collector, for up to 160 ms. */
    private static final List<String> UNPAUSED = List.of("-XX:+UseZGC", "-XX:-ZProactive", "-Xmx2g");

    private final Rig rig;
    private final String name;
    private final ProvidersYaml providers;
    private final List<String> jvmOptions;
    private final RunningProgram simulator;
    private final RunningProgram gateway;
    private final RunningProgram relay;
    private final SimulatorControl control;
    private final List<RunningProgram> workers = new ArrayList<>();
    private int joined;

    private WorkerFleet(Setting setting, String name, List<String> jvmOptions) {
        this.rig = setting.rig();
        this.name = name;
        this.jvmOptions = jvmOptions;
        this.simulator = rig.program(Program.SIMULATOR, name + "-simulator", Map.of(), UNPAUSED);
        this.gateway = rig.program(Program.GATEWAY, name + "-gateway", Map.of());
        this.relay = rig.program(Program.RELAY, name + "-relay", Map.of());
        this.control = new SimulatorControl(simulator.endpoints().url());
        this.providers = new ProvidersYaml(
                rig.folder().resolve(name + "-providers.yaml"),
                simulator.endpoints().url());
    }

    /**
     * Starts all of it with one worker.
     *
     * @param limits as in the file of providers, such as {@code per_second: 10}; empty for none
     * @param latencyMillis of each call
     * @param jvmOptions of each worker
     */
    static WorkerFleet start(Setting setting, String name, String limits, int latencyMillis, List<String> jvmOptions)
            throws Exception {
        setting.rig().reset();
        setting.rig().database().forgetProviders();
        WorkerFleet fleet = new WorkerFleet(setting, name, jvmOptions);
        try {
            fleet.providers.write(limits);
            fleet.simulator.start();
            fleet.simulator.awaitReady();
            fleet.control.script(script(latencyMillis));
            // Before the gateway, which then knows from the beginning where messages go.
            RunningProgram _ = fleet.join();
            fleet.relay.start();
            fleet.gateway.start();
            fleet.relay.awaitReady();
            fleet.gateway.awaitReady();
            return fleet;
        } catch (IOException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private static JsonObject script(int latencyMillis) {
        return new JsonObject()
                .put(
                        "rules",
                        new JsonArray()
                                .add(new JsonObject().put("callbacks", new JsonObject().put("which", "none")))
                                .add(new JsonObject().put("latency", new JsonObject().put("fixed_ms", latencyMillis))));
    }

    /** One more, when it is ready. */
    RunningProgram join() throws IOException {
        joined++;
        RunningProgram worker = rig.program(
                Program.WORKER,
                name + "-worker-" + joined,
                Map.of("HELIOGRAPH_PROVIDERS", providers.file().toString()),
                jvmOptions);
        workers.add(worker);
        start(worker);
        return worker;
    }

    /** On a crowded machine one may give up before the database has answered it; then it is started again. */
    private static void start(RunningProgram worker) throws IOException {
        for (int left = STARTS_MAX; left > 0; left--) {
            worker.start();
            try {
                worker.awaitReady();
                return;
            } catch (IOException e) {
                if (worker.process().isAlive() || left == 1) {
                    throw e;
                }
            }
        }
    }

    /** The one that has been there for longest leaves as it is asked to. */
    void leave() {
        workers.removeFirst().close();
    }

    /** And this one as a power cut would make it. */
    void kill() {
        workers.removeFirst().process().kill();
    }

    List<RunningProgram> workers() {
        return workers;
    }

    RunningProgram gateway() {
        return gateway;
    }

    ProvidersYaml providers() {
        return providers;
    }

    Database database() {
        return rig.database();
    }

    SimulatorControl control() {
        return control;
    }

    /** What the provider has seen. */
    Rates seen() {
        return control.rate(Provider.TWILIO);
    }

    @Override
    public void close() {
        workers.forEach(RunningProgram::close);
        relay.close();
        gateway.close();
        control.close();
        simulator.close();
    }
}
