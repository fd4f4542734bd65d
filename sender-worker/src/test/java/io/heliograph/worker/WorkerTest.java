package io.heliograph.worker;

import static io.heliograph.worker.WorkerRig.get;
import static io.heliograph.worker.WorkerRig.providers;
import static io.heliograph.worker.WorkerRig.soon;
import static io.heliograph.worker.WorkerRig.twilio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.contract.Lane;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Post;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers send what is published, once, whatever happens meanwhile. */
class WorkerTest {
    private final WorkerRig rig;
    private final Messages messages;
    private final Post post;
    private final SimulatorControl control;

    WorkerTest() throws Exception {
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
    void sends_what_is_published_and_records_it() throws Exception {
        Worker worker = rig.worker(Map.of());
        List<UUID> ids = messages.queued(100);

        post.publish(ids);

        soon().until(() -> messages.count("sent") == 100);
        assertThat(messages.violations()).isZero();
        assertThat(control.summary().accepted()).isEqualTo(100);
        assertThat(messages.attempts(ids.getFirst())).containsExactly("1 accepted -");
        assertThat(get(worker, "/health/ready")).contains("\"database\":\"up\"", "\"broker\":\"up\"");
        assertThat(get(worker, "/metrics"))
                .contains(
                        "heliograph_accept_to_sent_seconds_count{channel=\"sms\"} 100",
                        "heliograph_provider_outcomes_total{outcome=\"accepted\",provider=\"twilio\",reason=\"none\"} 100",
                        "heliograph_provider_breaker_state{provider=\"twilio\"} 0.0",
                        "heliograph_provider_slots_missed_total{provider=\"twilio\"} 0.0")
                .doesNotContain("+1500555", "Your table");
    }

    @Test
    void sends_each_message_once_however_many_workers_get_its_id_however_often() throws Exception {
        Worker _ = rig.worker(Map.of());
        Worker _ = rig.worker(Map.of());
        List<UUID> ids = messages.queued(100);

        for (int i = 0; i < 5; i++) {
            post.publish(ids);
        }

        soon().until(() -> messages.count("sent") == 100);
        soon().until(() -> rig.idsTaken() == 500);
        assertThat(control.summary().received()).isEqualTo(100);
        assertThat(control.summary().messages()).isEqualTo(100);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void sends_an_envelope_in_one_call_and_records_each_of_its_messages(@TempDir Path folder) throws Exception {
        Worker _ = rig.worker(providers(folder, """
            providers:
              plivo-in:
                kind: plivo
                base_url: http://127.0.0.1:%d
                auth_id: MAHELIOGRAPH00000001
                auth_token: heliograph-simulator-plivo-token-0000000
                from: "14155550100"
            routes: {sms: plivo-in}
            """.formatted(rig.simulator.port())));
        JsonObject left = new JsonObject().put("to", "+919876500003");
        control.script(new JsonObject()
                .put("rules", new JsonArray().add(left.put("answer", new JsonObject().put("kind", "invalid_number")))));
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(messages.queued()
                    .topic("plivo-in")
                    .with("recipient", "'+9198765%05d'".formatted(i))
                    .insert());
        }

        post.publish("plivo-in", Lane.NORMAL, ids);

        soon().until(() -> messages.count("sent") + messages.count("failed") == 100);
        assertThat(control.summary().calls()).isEqualTo(1);
        assertThat(control.summary().accepted()).isEqualTo(99);
        assertThat(messages.count("sent")).isEqualTo(99);
        assertThat(messages.attempts(ids.get(3))).containsExactly("1 refused invalid_number");
        assertThat(messages.attempts(ids.get(4))).containsExactly("1 accepted -");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void leaves_nothing_in_doubt_when_it_is_stopped() throws Exception {
        Worker worker = rig.worker(Map.of());
        control.script(new JsonObject()
                .put(
                        "rules",
                        new JsonArray().add(new JsonObject().put("latency", new JsonObject().put("fixed_ms", 200)))));
        for (int i = 0; i < 5; i++) {
            post.publish(messages.queued(100));
        }
        soon().until(() -> control.summary().received() > 64);

        rig.workers.remove(worker);
        Void _ = worker.stop().await(15, TimeUnit.SECONDS);

        assertThat(messages.count("sending")).isZero();
        assertThat(messages.count("unknown")).isZero();
        assertThat(messages.count("sent")).isEqualTo(control.summary().accepted());
        assertThat(messages.count("queued")).isEqualTo(500 - control.summary().accepted());
        assertThat(messages.violations()).isZero();
    }

    @Test
    void sends_everything_once_while_its_connections_to_the_database_are_cut() throws Exception {
        Worker _ = rig.worker(Map.of());
        for (int i = 0; i < 5; i++) {
            post.publish(messages.queued(100));
        }

        soon().until(() -> {
            messages.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'heliograph worker' AND datname = current_database()");
            return messages.count("sent") > 250;
        });
        rig.relayUntil(() -> messages.count("sent") == 500);

        assertThat(control.summary().received()).isEqualTo(500);
        assertThat(control.summary().messages()).isEqualTo(500);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void does_not_let_a_critical_message_wait_behind_a_slow_campaign(@TempDir Path folder) throws Exception {
        Worker _ = rig.worker(twilio(folder, rig.simulator.port(), "concurrency: 4"));
        JsonObject slow =
                new JsonObject().put("to_suffix", "77").put("latency", new JsonObject().put("fixed_ms", 1_500));
        control.script(new JsonObject().put("rules", new JsonArray().add(slow)));
        List<UUID> campaign = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            campaign.add(messages.queued().to("+15005550177").insert());
        }
        UUID code =
                messages.queued().to("+15005550111").with("lane", "'critical'").insert();

        post.publish("twilio", Lane.BULK, campaign.subList(0, 30));
        post.publish("twilio", Lane.BULK, campaign.subList(30, 60));
        soon().until(() -> control.toRecipient("+15005550177").received() > 0);
        post.publish("twilio", Lane.CRITICAL, List.of(code));

        soon().until(() -> messages.status(code).equals("sent"));
        assertThat(control.toRecipient("+15005550177").received()).isLessThan(30);
    }

    @Test
    void records_what_was_sent_while_another_call_of_the_batch_hangs() throws Exception {
        Worker _ = rig.worker(Map.of());
        JsonObject hangs =
                new JsonObject().put("to_suffix", "77").put("latency", new JsonObject().put("fixed_ms", 60_000));
        control.script(new JsonObject().put("rules", new JsonArray().add(hangs)));
        UUID hanging = messages.queued().to("+15005550177").insert();
        List<UUID> ids = new ArrayList<>(messages.queued(20));
        ids.add(hanging);

        post.publish(ids);

        soon().until(() -> messages.count("sent") == 20);
        assertThat(messages.status(hanging)).isEqualTo("sending");
    }

    @Test
    void does_not_start_with_a_file_that_is_older_than_what_is_in_force(@TempDir Path folder) throws Exception {
        String text = "{version: %d, providers: {dry: {kind: log, limits: {per_second: %d}}}, routes: {sms: dry}}";
        Worker _ = rig.worker(providers(folder, text.formatted(2, 10)));

        assertThatThrownBy(() -> rig.worker(providers(folder, text.formatted(1, 100))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has version 1, and the fleet has version 2 in force");

        assertThat(messages.number("SELECT per_second FROM send_rate WHERE scope = 'provider:dry'"))
                .isEqualTo(10);
    }

    @Test
    void fails_what_nobody_carries(@TempDir Path folder) throws Exception {
        Worker _ = rig.worker(providers(folder, "{providers: {dry: {kind: log}}, routes: {sms: dry}}"));
        UUID carried = messages.queued().topic("dry").insert();
        UUID stranded =
                messages.queued().topic("none").with("channel", "'whatsapp'").insert();

        post.publish("dry", Lane.CRITICAL, List.of(carried));
        post.publish("none", Lane.BULK, List.of(stranded));

        soon().until(() -> messages.status(carried).equals("sent"));
        soon().until(() -> messages.status(stranded).equals("failed"));
        assertThat(messages.column(stranded, "reason")).isEqualTo("no_provider");
        assertThat(control.summary().received()).isZero();
    }
}
