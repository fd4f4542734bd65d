package io.heliograph.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Lane;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.testing.FreePorts;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole workers between a real broker, a real database and the simulator. The test itself is the relay. */
class WorkerTest {
    private final Vertx vertx = Vertx.vertx();
    private final PrivateRabbit rabbit = PrivateRabbit.shared();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Messages messages = new Messages(database);
    private final Post post = new Post(vertx, rabbit.settings());
    private final List<Worker> workers = new ArrayList<>();
    private Simulator simulator;
    private SimulatorControl control;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(vertx, SimulatorConfig.onFreePort()).await(10, TimeUnit.SECONDS);
        control = new SimulatorControl(simulator.url());
    }

    @AfterEach
    void stop() throws Exception {
        for (Worker worker : workers) {
            Void _ = worker.stop().await(20, TimeUnit.SECONDS);
        }
        post.close();
        control.close();
        messages.close();
        Void _ = vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void sends_what_is_published_and_records_it() throws Exception {
        Worker worker = worker(Map.of());
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
                        "heliograph_provider_breaker_state{provider=\"twilio\"} 0.0")
                .doesNotContain("+1500555", "Your table");
    }

    @Test
    void sends_each_message_once_however_many_workers_get_its_id_however_often() throws Exception {
        Worker _ = worker(Map.of());
        Worker _ = worker(Map.of());
        List<UUID> ids = messages.queued(100);

        for (int i = 0; i < 5; i++) {
            post.publish(ids);
        }

        soon().until(() -> messages.count("sent") == 100);
        soon().until(() -> idsTaken() == 500);
        assertThat(control.summary().received()).isEqualTo(100);
        assertThat(control.summary().messages()).isEqualTo(100);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void asks_providers_for_receipts_that_do_not_come(@TempDir Path folder) throws Exception {
        control.script(new JsonObject()
                .put(
                        "rules",
                        new JsonArray().add(new JsonObject().put("callbacks", new JsonObject().put("which", "none")))));
        Worker worker = worker(providers(folder, """
            providers:
              main:
                kind: twilio
                base_url: http://127.0.0.1:%1$d
                account_sid: AC00000000000000000000000000000001
                auth_token: heliograph-simulator-token-0000000
                from: "+15005550006"
                receipt_after: 1s
              plivo-in:
                kind: plivo
                base_url: http://127.0.0.1:%1$d
                auth_id: MAHELIOGRAPH00000001
                auth_token: heliograph-simulator-plivo-token-0000000
                from: "14155550100"
                receipt_after: 1s
              textlocal:
                kind: textlocal
                base_url: http://127.0.0.1:%1$d
                api_key: %2$s
                from: CLINIC
                receipt_after: 1s
              fast2sms:
                kind: fast2sms
                base_url: http://127.0.0.1:%1$d
                api_key: %3$s
                from: HELIOG
                receipt_after: 1s
            routes: {sms: [main, plivo-in, textlocal, fast2sms]}
            """.formatted(
                        simulator.port(), SimulatorAccount.TEXTLOCAL_KEY, SimulatorAccount.FAST2SMS_KEY)));

        post.publish(
                "main", Lane.NORMAL, List.of(messages.queued().topic("main").insert()));
        post.publish(
                "plivo-in",
                Lane.NORMAL,
                List.of(messages.queued().topic("plivo-in").insert()));
        for (String topic : List.of("textlocal", "fast2sms")) {
            post.publish(
                    topic,
                    Lane.NORMAL,
                    List.of(messages.queued()
                            .topic(topic)
                            .with("recipient", "'+919876543210'")
                            .insert()));
        }

        for (String kind : List.of("twilio", "plivo", "textlocal")) {
            soon().until(() -> messages.number(
                            "SELECT count(*) FROM callback WHERE provider_status IN ('delivered', 'D') AND"
                                    + " provider = ? AND applied_at IS NULL AND message_id IS NOT NULL",
                            kind)
                    == 1);
        }
        assertThat(get(worker, "/metrics"))
                .contains("heliograph_receipts_looked_up_total{provider=\"main\",result=\"news\"}");
        soon().until(() ->
                get(worker, "/metrics").contains("heliograph_receipts_missing_total{provider=\"fast2sms\"} 1.0"));
    }

    @Test
    void sends_an_envelope_in_one_call_and_records_each_of_its_messages(@TempDir Path folder) throws Exception {
        Worker _ = worker(providers(folder, """
            providers:
              plivo-in:
                kind: plivo
                base_url: http://127.0.0.1:%d
                auth_id: MAHELIOGRAPH00000001
                auth_token: heliograph-simulator-plivo-token-0000000
                from: "14155550100"
            routes: {sms: plivo-in}
            """.formatted(simulator.port())));
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
    void finds_at_the_provider_what_was_accepted_before_the_answer_got_lost() throws Exception {
        Worker _ = worker(Map.of());
        script(new JsonObject().put("kind", "reset").put("accepts", true));
        UUID id = messages.queued().insert();

        post.publish(List.of(id));
        soon().until(() -> messages.status(id).equals("unknown"));
        relayUntil(id, "sent");

        assertThat(control.toRecipient("+15005550010").received()).isEqualTo(1);
        assertThat(messages.attempts(id)).containsExactly("1 accepted -");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void fails_rather_than_sends_twice_when_nothing_can_be_found_out() throws Exception {
        Worker _ = worker(Map.of("HELIOGRAPH_UNKNOWN_WINDOW", "2s"));
        script(new JsonObject().put("kind", "reset").put("accepts", false));
        UUID id = messages.queued().insert();

        post.publish(List.of(id));
        relayUntil(id, "failed");

        assertThat(messages.column(id, "reason")).isEqualTo("outcome_unknown");
        assertThat(control.toRecipient("+15005550010").received()).isEqualTo(1);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void sends_again_when_that_is_what_the_message_wants() throws Exception {
        Worker _ = worker(Map.of("HELIOGRAPH_UNKNOWN_WINDOW", "2s"));
        script(new JsonObject().put("kind", "reset").put("accepts", false));
        UUID id = messages.queued().with("on_unknown", "'resend'").insert();

        post.publish(List.of(id));
        soon().until(() -> messages.status(id).equals("unknown"));
        control.clearScript();
        relayUntil(id, "sent");

        assertThat(control.toRecipient("+15005550010").received()).isEqualTo(2);
        assertThat(messages.column(id, "possible_duplicate")).isEqualTo(true);
        assertThat(messages.attempts(id)).containsExactly("1 unknown answer_lost", "2 accepted -");
    }

    @Test
    void leaves_a_provider_alone_that_is_down_and_goes_on_when_it_is_back(@TempDir Path folder) throws Exception {
        int port = FreePorts.next();
        Worker worker = worker(twilio(folder, port, "breaker: {open_for: 1s}"));
        List<UUID> ids = messages.queued(100);

        post.publish(ids);
        soon().until(() -> get(worker, "/metrics").contains("breaker_state{provider=\"twilio\"} 2.0"));
        Simulator back = Simulator.start(
                        vertx,
                        SimulatorConfig.read(
                                new Environment(Map.of("HELIOGRAPH_SIMULATOR_PORT", Integer.toString(port)))))
                .await(10, TimeUnit.SECONDS);
        relayUntil(() -> get(worker, "/metrics").contains("breaker_state{provider=\"twilio\"} 0.0"));
        // Some have up to twenty seconds of their pauses left.
        messages.execute("UPDATE outbox SET due_at = now()");
        relayUntil(() -> messages.count("sent") == 100);

        try (SimulatorControl ledger = new SimulatorControl(back.url())) {
            assertThat(ledger.summary().received()).isEqualTo(100);
        }
        assertThat(messages.violations()).isZero();
    }

    @Test
    void leaves_nothing_in_doubt_when_it_is_stopped() throws Exception {
        Worker worker = worker(Map.of());
        control.script(new JsonObject()
                .put(
                        "rules",
                        new JsonArray().add(new JsonObject().put("latency", new JsonObject().put("fixed_ms", 200)))));
        for (int i = 0; i < 5; i++) {
            post.publish(messages.queued(100));
        }
        soon().until(() -> control.summary().received() > 64);

        workers.remove(worker);
        Void _ = worker.stop().await(15, TimeUnit.SECONDS);

        assertThat(messages.count("sending")).isZero();
        assertThat(messages.count("unknown")).isZero();
        assertThat(messages.count("sent")).isEqualTo(control.summary().accepted());
        assertThat(messages.count("queued")).isEqualTo(500 - control.summary().accepted());
        assertThat(messages.violations()).isZero();
    }

    @Test
    void sends_everything_once_while_its_connections_to_the_database_are_cut() throws Exception {
        Worker _ = worker(Map.of());
        for (int i = 0; i < 5; i++) {
            post.publish(messages.queued(100));
        }

        soon().until(() -> {
            messages.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'heliograph worker' AND datname = current_database()");
            return messages.count("sent") > 250;
        });
        relayUntil(() -> messages.count("sent") == 500);

        assertThat(control.summary().received()).isEqualTo(500);
        assertThat(control.summary().messages()).isEqualTo(500);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void does_not_let_a_critical_message_wait_behind_a_slow_campaign(@TempDir Path folder) throws Exception {
        Worker _ = worker(twilio(folder, simulator.port(), "concurrency: 4"));
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
        Worker _ = worker(Map.of());
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
            """.formatted(simulator.port())));
        Worker worker = worker(patient);
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
        Worker worker = worker(twilio(folder, simulator.port(), "breaker: {slow_call: 50ms, calls: 5}"));
        JsonObject slow = new JsonObject().put("latency", new JsonObject().put("fixed_ms", 150));
        control.script(new JsonObject().put("rules", new JsonArray().add(slow)));

        for (int i = 0; i < 3; i++) {
            post.publish(messages.queued(100));
        }

        relayUntil(() -> messages.count("sent") == 300);
        assertThat(control.summary().received()).isEqualTo(300);
        // What is slow is told to the fleet first, and counted then.
        soon().untilAsserted(() -> assertThat(get(worker, "/metrics"))
                .contains(
                        "heliograph_provider_slow_total{provider=\"twilio\"} 1.0",
                        "heliograph_provider_breaker_state{provider=\"twilio\"} 0.0"));
    }

    @Test
    void finds_the_limit_of_a_provider_that_says_too_fast_and_keeps_near_it(@TempDir Path folder) throws Exception {
        Worker _ = worker(twilio(folder, simulator.port(), ""));
        control.script(new JsonObject().put("limits", new JsonObject().put("per_second_max", 50)));
        for (int i = 0; i < 5; i++) {
            post.publish(messages.queued(100));
        }

        relayUntil(() -> messages.count("sent") == 500);

        // Of each ten calls that are made at full speed nine come too soon: there would be thousands.
        assertThat(control.summary().received()).isLessThan(1_000);
        assertThat(messages.number("SELECT found_per_second FROM send_rate WHERE scope = 'provider:twilio'"))
                .isBetween(1.0, 60.0);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void sends_what_waits_at_once_when_the_limit_is_lifted_in_the_file(@TempDir Path folder) throws Exception {
        Worker _ = worker(twilio(folder, simulator.port(), "limits: {per_second: 0.1}"));
        post.publish(messages.queued(20));
        relayUntil(() -> messages.count("sent") > 0);

        Map<String, String> _ = twilio(folder, simulator.port(), "");

        // Three minutes before the last one's slot.
        relayUntil(() -> messages.count("sent") == 20);
        assertThat(control.summary().received()).isEqualTo(20);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void does_not_start_with_a_file_that_is_older_than_what_is_in_force(@TempDir Path folder) throws Exception {
        String text = "{version: %d, providers: {dry: {kind: log, limits: {per_second: %d}}}, routes: {sms: dry}}";
        Worker _ = worker(providers(folder, text.formatted(2, 10)));

        assertThatThrownBy(() -> worker(providers(folder, text.formatted(1, 100))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has version 1, and the fleet has version 2 in force");

        assertThat(messages.number("SELECT per_second FROM send_rate WHERE scope = 'provider:dry'"))
                .isEqualTo(10);
    }

    @Test
    void looks_up_at_a_provider_no_faster_than_it_may_be_sent_to(@TempDir Path folder) throws Exception {
        Worker _ = worker(twilio(folder, simulator.port(), "limits: {per_second: 10}"));
        List<UUID> lost = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            lost.add(messages.queued().unknownSince("1 minute").insert());
        }

        post.publish(lost);

        soon().until(() -> control.rate(Provider.TWILIO).otherCalls() >= 15);
        assertThat(control.rate(Provider.TWILIO).peakOtherCallsPerSecond()).isLessThanOrEqualTo(10);
        assertThat(control.summary().received()).isZero();
    }

    @Test
    void gives_a_persons_place_back_when_the_provider_did_not_take_the_message(@TempDir Path folder) throws Exception {
        Worker worker = worker(twilio(folder, simulator.port(), "", "limits: {recipient: {count: 1, per: 1h}}"));
        JsonObject busy = new JsonObject()
                .put("times", 1)
                .put("answer", new JsonObject().put("kind", "too_many_requests").put("retry_after_s", 0));
        control.script(new JsonObject().put("rules", new JsonArray().add(busy)));
        UUID first = messages.queued().insert();

        post.publish(List.of(first));
        relayUntil(first, "sent");
        UUID second = messages.queued().insert();
        post.publish(List.of(second));

        soon().until(() -> "recipient_limit".equals(messages.column(second, "reason")));
        assertThat(messages.attempts(first)).hasSize(2);
        assertThat(messages.attempts(second)).isEmpty();
        assertThat(messages.number("SELECT cardinality(taken_at) FROM recipient_place"))
                .isEqualTo(1);
        assertThat(messages.violations()).isZero();
        assertThat(get(worker, "/metrics")).contains("heliograph_recipient_limit_deferred_total 1.0");
    }

    @Test
    void leaves_nothing_in_doubt_when_the_database_does_not_tell_an_accounts_limit(@TempDir Path folder)
            throws Exception {
        messages.execute("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'no limit is told' USING ERRCODE = 'check_violation'; END $$""");
        messages.execute("INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'acme')");
        messages.execute("CREATE TRIGGER refused BEFORE INSERT ON account_rate FOR EACH ROW EXECUTE FUNCTION refuse()");
        Worker _ = worker(twilio(
                folder,
                simulator.port(),
                "",
                "limits: {recipient: {count: 1, per: 1h}, account: {default_per_second: 100}}"));
        UUID id = messages.queued().insert();

        post.publish(List.of(id));
        soon().until(() -> "account_limit".equals(messages.column(id, "reason")));
        assertThat(messages.status(id)).isEqualTo("queued");
        messages.execute("DROP TRIGGER refused ON account_rate");
        messages.execute("UPDATE outbox SET due_at = now()");
        relayUntil(id, "sent");

        // Neither a try nor a place of the recipient's was used up.
        assertThat(messages.attempts(id)).containsExactly("2 accepted -");
        assertThat(control.summary().received()).isEqualTo(1);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void fails_what_nobody_carries(@TempDir Path folder) throws Exception {
        Worker _ = worker(providers(folder, "{providers: {dry: {kind: log}}, routes: {sms: dry}}"));
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

    private Worker worker(Map<String, String> more) throws Exception {
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
        Worker worker = Worker.start(vertx, WorkerConfig.read(new Environment(variables)))
                .await(20, TimeUnit.SECONDS);
        workers.add(worker);
        soon().until(() -> get(worker, "/health/ready").contains("\"broker\":\"up\""));
        return worker;
    }

    private static Map<String, String> providers(Path folder, String text) throws Exception {
        return Map.of(
                "HELIOGRAPH_PROVIDERS",
                Files.writeString(folder.resolve("providers.yaml"), text).toString());
    }

    private static Map<String, String> twilio(Path folder, int port, String more) throws Exception {
        return twilio(folder, port, more, "");
    }

    private static Map<String, String> twilio(Path folder, int port, String more, String beside) throws Exception {
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

    private void relayUntil(UUID id, String status) {
        relayUntil(() -> messages.status(id).equals(status));
    }

    private void relayUntil(Callable<Boolean> done) {
        soon().until(() -> {
            post.publishDue(messages);
            return done.call();
        });
    }

    private void script(JsonObject answer) {
        control.script(new JsonObject().put("rules", new JsonArray().add(new JsonObject().put("answer", answer))));
    }

    private double idsTaken() throws Exception {
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

    private static String get(Worker worker, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://localhost:" + worker.adminPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40));
    }
}
