package io.heliograph.worker;

import static io.heliograph.worker.WorkerRig.get;
import static io.heliograph.worker.WorkerRig.providers;
import static io.heliograph.worker.WorkerRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Post;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider may have accepted although its answer, or its receipt, did not come. */
class LostAnswersTest {
    private final WorkerRig rig;
    private final Messages messages;
    private final Post post;
    private final SimulatorControl control;

    LostAnswersTest() throws Exception {
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
    void asks_providers_for_receipts_that_do_not_come(@TempDir Path folder) throws Exception {
        control.script(new JsonObject()
                .put(
                        "rules",
                        new JsonArray().add(new JsonObject().put("callbacks", new JsonObject().put("which", "none")))));
        Worker worker = rig.worker(providers(folder, """
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
                        rig.simulator.port(), SimulatorAccount.TEXTLOCAL_KEY, SimulatorAccount.FAST2SMS_KEY)));

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
    void finds_at_the_provider_what_was_accepted_before_the_answer_got_lost() throws Exception {
        Worker _ = rig.worker(Map.of());
        rig.script(new JsonObject().put("kind", "reset").put("accepts", true));
        UUID id = messages.queued().insert();

        post.publish(List.of(id));
        soon().until(() -> messages.status(id).equals("unknown"));
        rig.relayUntil(id, "sent");

        assertThat(control.toRecipient("+15005550010").received()).isEqualTo(1);
        assertThat(messages.attempts(id)).containsExactly("1 accepted -");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void fails_rather_than_sends_twice_when_nothing_can_be_found_out() throws Exception {
        Worker _ = rig.worker(Map.of("HELIOGRAPH_UNKNOWN_WINDOW", "2s"));
        rig.script(new JsonObject().put("kind", "reset").put("accepts", false));
        UUID id = messages.queued().insert();

        post.publish(List.of(id));
        rig.relayUntil(id, "failed");

        assertThat(messages.column(id, "reason")).isEqualTo("outcome_unknown");
        assertThat(control.toRecipient("+15005550010").received()).isEqualTo(1);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void sends_again_when_that_is_what_the_message_wants() throws Exception {
        Worker _ = rig.worker(Map.of("HELIOGRAPH_UNKNOWN_WINDOW", "2s"));
        rig.script(new JsonObject().put("kind", "reset").put("accepts", false));
        UUID id = messages.queued().with("on_unknown", "'resend'").insert();

        post.publish(List.of(id));
        soon().until(() -> messages.status(id).equals("unknown"));
        control.clearScript();
        rig.relayUntil(id, "sent");

        assertThat(control.toRecipient("+15005550010").received()).isEqualTo(2);
        assertThat(messages.column(id, "possible_duplicate")).isEqualTo(true);
        assertThat(messages.attempts(id)).containsExactly("1 unknown answer_lost", "2 accepted -");
    }
}
