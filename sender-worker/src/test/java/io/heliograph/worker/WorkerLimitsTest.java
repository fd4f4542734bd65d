package io.heliograph.worker;

import static io.heliograph.worker.WorkerRig.get;
import static io.heliograph.worker.WorkerRig.soon;
import static io.heliograph.worker.WorkerRig.twilio;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Post;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole workers keep to the limits of providers, recipients and accounts. */
class WorkerLimitsTest {
    private final WorkerRig rig;
    private final Messages messages;
    private final Post post;
    private final SimulatorControl control;

    WorkerLimitsTest() throws Exception {
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
    void finds_the_limit_of_a_provider_that_says_too_fast_and_keeps_near_it(@TempDir Path folder) throws Exception {
        Worker _ = rig.worker(twilio(folder, rig.simulator.port(), ""));
        control.script(new JsonObject().put("limits", new JsonObject().put("per_second_max", 50)));
        for (int i = 0; i < 5; i++) {
            post.publish(messages.queued(100));
        }

        rig.relayUntil(() -> messages.count("sent") == 500);

        // Of each ten calls that are made at full speed nine come too soon: there would be thousands.
        assertThat(control.summary().received()).isLessThan(1_000);
        assertThat(messages.number("SELECT found_per_second FROM send_rate WHERE scope = 'provider:twilio'"))
                .isBetween(1.0, 60.0);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void sends_what_waits_at_once_when_the_limit_is_lifted_in_the_file(@TempDir Path folder) throws Exception {
        Worker _ = rig.worker(twilio(folder, rig.simulator.port(), "limits: {per_second: 0.1}"));
        post.publish(messages.queued(20));
        rig.relayUntil(() -> messages.count("sent") > 0);

        Map<String, String> _ = twilio(folder, rig.simulator.port(), "");

        // Three minutes before the last one's slot.
        rig.relayUntil(() -> messages.count("sent") == 20);
        assertThat(control.summary().received()).isEqualTo(20);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void looks_up_at_a_provider_no_faster_than_it_may_be_sent_to(@TempDir Path folder) throws Exception {
        Worker _ = rig.worker(twilio(folder, rig.simulator.port(), "limits: {per_second: 10}"));
        List<UUID> lost = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            lost.add(messages.queued().unknownSince("1 minute").insert());
        }

        post.publish(lost);

        soon().until(() -> control.rate(Provider.TWILIO).otherCalls() >= 15);
        assertThat(control.rate(Provider.TWILIO).peakOtherCallsPerSecond()).isLessThanOrEqualTo(10);
        assertThat(control.summary().received()).isZero();
    }

    /** However many workers ask. */
    @Test
    void asks_a_provider_for_receipts_no_faster_than_it_may_be_sent_to(@TempDir Path folder) throws Exception {
        for (int i = 0; i < 15; i++) {
            sentLongAgo("SM" + i);
        }

        Map<String, String> file = twilio(folder, rig.simulator.port(), "limits: {per_second: 5}");
        Worker _ = rig.worker(file);
        Worker _ = rig.worker(file);

        soon().until(() -> control.rate(Provider.TWILIO).otherCalls() >= 15);
        assertThat(control.rate(Provider.TWILIO).peakOtherCallsPerSecond()).isLessThanOrEqualTo(5);
    }

    private void sentLongAgo(String providerMessageId) {
        UUID id = messages.queued().insert();
        messages.execute("DELETE FROM outbox WHERE message_id = ?", id);
        messages.execute(
                "UPDATE message SET status = 'sent', attempt = 1, provider = 'twilio', settled_at = now(),"
                        + " sent_at = now() - interval '2 hours' WHERE id = ?",
                id);
        messages.execute(
                "INSERT INTO attempt (message_id, n, provider, provider_message_id, outcome, started_at, finished_at)"
                        + " VALUES (?, 1, 'twilio', ?, 'accepted', now(), now())",
                id,
                providerMessageId);
        messages.execute("INSERT INTO receipt_due (message_id, provider, due_at) VALUES (?, 'twilio', now())", id);
    }

    @Test
    void gives_a_persons_place_back_when_the_provider_did_not_take_the_message(@TempDir Path folder) throws Exception {
        Worker worker =
                rig.worker(twilio(folder, rig.simulator.port(), "", "limits: {recipient: {count: 1, per: 1h}}"));
        JsonObject busy = new JsonObject()
                .put("times", 1)
                .put("answer", new JsonObject().put("kind", "too_many_requests").put("retry_after_s", 0));
        control.script(new JsonObject().put("rules", new JsonArray().add(busy)));
        UUID first = messages.queued().insert();

        post.publish(List.of(first));
        rig.relayUntil(first, "sent");
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
        Worker _ = rig.worker(twilio(
                folder,
                rig.simulator.port(),
                "",
                "limits: {recipient: {count: 1, per: 1h}, account: {default_per_second: 100}}"));
        UUID id = messages.queued().insert();

        post.publish(List.of(id));
        soon().until(() -> "account_limit".equals(messages.column(id, "reason")));
        assertThat(messages.status(id)).isEqualTo("queued");
        messages.execute("DROP TRIGGER refused ON account_rate");
        messages.execute("UPDATE outbox SET due_at = now()");
        rig.relayUntil(id, "sent");

        // Neither a try nor a place of the recipient's was used up.
        assertThat(messages.attempts(id)).containsExactly("2 accepted -");
        assertThat(control.summary().received()).isEqualTo(1);
        assertThat(messages.violations()).isZero();
    }
}
