package io.heliograph.simulator;

import io.heliograph.runtime.Main;
import io.heliograph.simulator.ledger.Sids;
import io.heliograph.simulator.push.Browsers;
import io.heliograph.simulator.script.Stage;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The providers for tests, benchmarks and a first try: nothing leaves the machine, everything is counted. */
public final class Simulator implements Main.Running {
    private static final Logger log = LoggerFactory.getLogger(Simulator.class);

    private final Vertx vertx;
    private final String deployment;
    private final int port;

    private Simulator(Vertx vertx, String deployment, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
    }

    public static void main(String[] arguments) {
        Main.run("simulator", SimulatorConfig::read, Simulator::start);
    }

    public static Future<Simulator> start(Vertx vertx, SimulatorConfig config) {
        SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
        Stage stage = new Stage(new Sids(random.nextLong()), config.messagesKept());
        Browsers browsers = new Browsers();
        List<EventLoop> loops = new CopyOnWriteArrayList<>();
        Supplier<EventLoop> loop = () -> {
            EventLoop made = new EventLoop(config, stage, browsers, random.split());
            loops.add(made);
            return made;
        };
        return vertx.deployVerticle(loop, new DeploymentOptions().setInstances(config.eventLoops()))
                .map(deployment ->
                        new Simulator(vertx, deployment, loops.getFirst().port()))
                .onSuccess(simulator -> log.atInfo()
                        .addKeyValue("port", simulator.port)
                        .log("Simulating Twilio, Plivo, Fast2SMS, Textlocal and a push service"));
    }

    public int port() {
        return port;
    }

    /** What to give to a client as the base of its URLs. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public Future<Void> stop() {
        return vertx.undeploy(deployment);
    }
}
