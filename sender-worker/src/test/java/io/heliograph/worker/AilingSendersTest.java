package io.heliograph.worker;

import static io.heliograph.worker.WorkerRig.get;
import static io.heliograph.worker.WorkerRig.providers;
import static io.heliograph.worker.WorkerRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.Rates;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several senders of an account, one is down. */
class AilingSendersTest {
    private static final String BLOCKED = "+15005550006";
    private static final String WELL = "+15005550077";

    private final WorkerRig rig;
    private final Messages messages;
    private final Post post;
    private final SimulatorControl control;

    AilingSendersTest() throws Exception {
        rig = new WorkerRig();
        messages = rig.messages;
        post = rig.post;
        control = rig.control;
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "per_second: 100"})
    void sends_from_another_until_it_is_back(String limit, @TempDir Path folder) throws Exception {
        Worker worker = rig.worker(twoSenders(folder, limit));
        block();

        post.publish(messages.queued(100));
        rig.relayUntil(() -> messages.count("sent") + messages.count("failed") == 100);

        // What opened the breaker was refused for good, and what was under way then.
        assertThat(messages.count("failed")).isBetween(5L, 18L);
        assertThat(accepted(WELL)).isEqualTo(messages.count("sent"));
        assertThat(get(worker, "/metrics"))
                .contains(
                        "heliograph_provider_breaker_state{provider=\"twilio\"} 0.0",
                        "breaker_changes_total{provider=\"twilio\",scope=\"account\",to=\"open\"} 0.0",
                        "breaker_changes_total{provider=\"twilio\",scope=\"sender\",to=\"open\"} 1.0");
        soon().until(() -> "down".equals(state()));

        control.clearScript();
        hasRested();
        soon().until(() -> {
            post.publish(messages.queued(1));
            return "up".equals(state());
        });

        assertThat(accepted(BLOCKED)).isGreaterThanOrEqualTo(3);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void puts_off_what_comes_from_no_other_sender(@TempDir Path folder) throws Exception {
        Worker _ = rig.worker(twoSenders(folder, ""));
        block();
        post.publish(messages.queued(100));
        soon().until(() -> "down".equals(state()));

        UUID own = messages.queued().with("sender", "'" + BLOCKED + "'").insert();
        post.publish(List.of(own));
        soon().until(() -> "provider_paused".equals(messages.column(own, "reason")));
        assertThat(messages.status(own)).isEqualTo("queued");

        control.clearScript();
        hasRested();
        rig.relayUntil(() -> {
            messages.execute("UPDATE outbox SET due_at = now()");
            return messages.status(own).equals("sent");
        });

        assertThat(accepted(BLOCKED)).isGreaterThanOrEqualTo(1);
        assertThat(messages.attempts(own)).hasSize(1);
        assertThat(messages.violations()).isZero();
    }

    private void block() {
        JsonObject blocked = new JsonObject()
                .put("from", BLOCKED)
                .put("answer", new JsonObject().put("kind", "error").put("code", 21606));
        control.script(new JsonObject().put("rules", new JsonArray().add(blocked)));
    }

    private void hasRested() {
        messages.execute("UPDATE sender_state SET retry_at = now()");
    }

    private long accepted(String sender) {
        return control.rates().stream()
                .filter(rate -> sender.equals(rate.sender()))
                .mapToLong(Rates::accepted)
                .sum();
    }

    private String state() {
        return String.valueOf(
                messages.text("SELECT coalesce((SELECT state FROM sender_state WHERE provider = 'twilio' AND sender = '"
                        + BLOCKED + "'), 'well')"));
    }

    private Map<String, String> twoSenders(Path folder, String limit) throws Exception {
        return providers(folder, """
            providers:
              twilio:
                kind: twilio
                base_url: http://127.0.0.1:%d
                account_sid: AC00000000000000000000000000000001
                auth_token: heliograph-simulator-token-0000000
                senders:
                  - {number: "%s"%s}
                  - {number: "%s"%s}
                limits: {concurrency: 8}
                breaker: {open_for: 1m}
            routes: {sms: twilio}
            """.formatted(
                        rig.simulator.port(),
                        BLOCKED,
                        limit.isEmpty() ? "" : ", " + limit,
                        WELL,
                        limit.isEmpty() ? "" : ", " + limit));
    }
}
