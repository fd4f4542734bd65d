package io.heliograph.worker;

import static io.heliograph.worker.WorkerRig.get;
import static io.heliograph.worker.WorkerRig.providers;
import static io.heliograph.worker.WorkerRig.soon;
import static io.heliograph.worker.WorkerRig.twilio;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Environment;
import io.heliograph.runtime.FreePorts;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Post;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that are down, or slow. */
class AilingProvidersTest {
    private final WorkerRig rig;
    private final Messages messages;
    private final Post post;
    private final SimulatorControl control;

    AilingProvidersTest() throws Exception {
        rig = new WorkerRig();
        messages = rig.messages;
        post = rig.post;
        control = rig.control;
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void leaves_a_provider_alone_that_is_down_and_goes_on_when_it_is_back(@TempDir Path folder) throws Exception {
        int port = FreePorts.next();
        Worker worker = rig.worker(twilio(folder, port, "breaker: {open_for: 1s}"));
        List<UUID> ids = messages.queued(100);

        post.publish(ids);
        soon().until(() -> get(worker, "/metrics").contains("breaker_state{provider=\"twilio\"} 2.0"));
        Simulator back = Simulator.start(
                        rig.vertx,
                        SimulatorConfig.read(
                                new Environment(Map.of("HELIOGRAPH_SIMULATOR_PORT", Integer.toString(port)))))
                .await(10, TimeUnit.SECONDS);
        rig.relayUntil(() -> get(worker, "/metrics").contains("breaker_state{provider=\"twilio\"} 0.0"));
        // Some have up to twenty seconds of their pauses left.
        messages.execute("UPDATE outbox SET due_at = now()");
        rig.relayUntil(() -> messages.count("sent") == 100);

        try (SimulatorControl ledger = new SimulatorControl(back.url())) {
            assertThat(ledger.summary().received()).isEqualTo(100);
        }
        assertThat(get(worker, "/metrics"))
                .containsPattern("breaker_changes_total\\{provider=\"twilio\",scope=\"account\",to=\"open\"} [1-9]")
                .containsPattern(
                        "breaker_changes_total\\{provider=\"twilio\",scope=\"account\",to=\"half_open\"} [1-9]")
                .containsPattern("breaker_changes_total\\{provider=\"twilio\",scope=\"account\",to=\"closed\"} [1-9]");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void moves_what_waits_behind_calls_that_hang_before_any_of_them_has_timed_out(@TempDir Path folder)
            throws Exception {
        Map<String, String> patient = new HashMap<>(Map.of("HELIOGRAPH_LEASE", "20m"));
        patient.putAll(providers(folder, """
            providers:
              twilio:
                kind: twilio
                base_url: http://127.0.0.1:%1$d
                account_sid: AC00000000000000000000000000000001
                auth_token: heliograph-simulator-token-0000000
                from: "+15005550006"
                limits: {concurrency: 8, timeout: 5m}
                breaker: {slow_call: 500ms, open_for: 1m}
              plivo-in:
                kind: plivo
                base_url: http://127.0.0.1:%1$d
                auth_id: MAHELIOGRAPH00000001
                auth_token: heliograph-simulator-plivo-token-0000000
                from: "14155550100"
            routes: {sms: [twilio, plivo-in]}
            """.formatted(rig.simulator.port())));
        Worker worker = rig.worker(patient);
        JsonObject silence =
                new JsonObject().put("provider", "twilio").put("answer", new JsonObject().put("kind", "silence"));
        control.script(new JsonObject().put("rules", new JsonArray().add(silence)));

        post.publish(messages.queued(60));

        soon().until(() -> {
            post.publishDue(messages, "plivo-in");
            return messages.count("sent") == 53;
        });
        // One call is kept for the critical.
        assertThat(messages.count("sending")).isEqualTo(7);
        assertThat(control.rate(Provider.TWILIO).received()).isEqualTo(7);
        assertThat(control.rate(Provider.PLIVO).accepted()).isEqualTo(53);
        assertThat(messages.violations()).isZero();
        soon().untilAsserted(() -> assertThat(get(worker, "/metrics"))
                .contains("heliograph_provider_slow_total{provider=\"twilio\"} 1.0"));
    }

    @Test
    void sends_everything_through_a_slow_provider_where_there_is_no_other(@TempDir Path folder) throws Exception {
        Worker worker = rig.worker(twilio(folder, rig.simulator.port(), "breaker: {slow_call: 50ms, calls: 5}"));
        JsonObject slow = new JsonObject().put("latency", new JsonObject().put("fixed_ms", 150));
        control.script(new JsonObject().put("rules", new JsonArray().add(slow)));

        for (int i = 0; i < 3; i++) {
            post.publish(messages.queued(100));
        }

        rig.relayUntil(() -> messages.count("sent") == 300);
        assertThat(control.summary().received()).isEqualTo(300);
        // What is slow is told to the fleet first, and counted then.
        soon().untilAsserted(() -> assertThat(get(worker, "/metrics"))
                .contains(
                        "heliograph_provider_slow_total{provider=\"twilio\"} 1.0",
                        "heliograph_provider_breaker_state{provider=\"twilio\"} 0.0"));
    }
}
