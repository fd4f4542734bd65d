package io.heliograph.worker;

import static org.awaitility.Awaitility.await;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.PrivateRabbit;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Post;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;

/** Whole workers between a real broker, a real database and the simulator. The test itself is the relay. */
final class WorkerRig implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final DatabaseUrl database = TestDatabase.fresh();
    final Messages messages = new Messages(database);
    final List<Worker> workers = new ArrayList<>();
    final Simulator simulator;
    final SimulatorControl control;
    final Post post;
    private final PrivateRabbit rabbit = PrivateRabbit.shared();

    WorkerRig() throws Exception {
        post = new Post(vertx, rabbit.settings());
        simulator = Simulator.start(vertx, SimulatorConfig.onFreePort()).await(10, TimeUnit.SECONDS);
        control = new SimulatorControl(simulator.url());
    }

    @Override
    public void close() throws Exception {
        for (Worker worker : workers) {
            Void _ = worker.stop().await(20, TimeUnit.SECONDS);
        }
        post.close();
        control.close();
        messages.close();
        Void _ = vertx.close().await(20, TimeUnit.SECONDS);
    }

    Worker worker(Map<String, String> more) throws Exception {
        Worker worker = Worker.start(vertx, WorkerConfig.read(new Environment(variables(more))))
                .await(20, TimeUnit.SECONDS);
        workers.add(worker);
        soon().until(() -> get(worker, "/health/ready").contains("\"broker\":\"up\""));
        return worker;
    }

    /** One in a JVM of its own, which the test closes. */
    ChildJvm process() {
        return ChildJvm.start(Worker.class, variables(Map.of())).awaitReady();
    }

    private Map<String, String> variables(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "HELIOGRAPH_DATABASE_URL",
                "postgresql://" + database.user() + ":" + database.password() + "@" + database.host() + ":"
                        + database.port() + "/" + database.database(),
                "HELIOGRAPH_BROKER_URL",
                "amqp://guest:guest@127.0.0.1:" + rabbit.url().port() + "/",
                "HELIOGRAPH_ADMIN_PORT",
                "0",
                "HELIOGRAPH_SIMULATOR_PORT",
                Integer.toString(simulator.port())));
        variables.putAll(more);
        return variables;
    }

    static Map<String, String> providers(Path folder, String text) throws Exception {
        return Map.of(
                "HELIOGRAPH_PROVIDERS",
                Files.writeString(folder.resolve("providers.yaml"), text).toString());
    }

    static Map<String, String> twilio(Path folder, int port, String more) throws Exception {
        return twilio(folder, port, more, "");
    }

    static Map<String, String> twilio(Path folder, int port, String more, String beside) throws Exception {
        return providers(folder, """
            providers:
              twilio:
                kind: twilio
                base_url: http://127.0.0.1:%d
                account_sid: AC00000000000000000000000000000001
                auth_token: heliograph-simulator-token-0000000
                from: "+15005550006"
                %s
            routes: {sms: twilio}
            %s
            """.formatted(port, more, beside));
    }

    void relayUntil(UUID id, String status) {
        relayUntil(() -> messages.status(id).equals(status));
    }

    void relayUntil(Callable<Boolean> done) {
        soon().until(() -> {
            post.publishDue(messages);
            return done.call();
        });
    }

    void script(JsonObject answer) {
        control.script(new JsonObject().put("rules", new JsonArray().add(new JsonObject().put("answer", answer))));
    }

    double idsTaken() throws Exception {
        double sum = 0;
        for (Worker worker : workers) {
            for (String line : get(worker, "/metrics").split("\n", -1)) {
                if (line.startsWith("heliograph_claim_asked_total ")) {
                    sum += Double.parseDouble(line.substring(line.indexOf(' ') + 1));
                }
            }
        }
        return sum;
    }

    static String get(Worker worker, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://localhost:" + worker.adminPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40));
    }
}
