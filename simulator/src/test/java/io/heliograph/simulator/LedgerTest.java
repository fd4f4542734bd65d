package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.simulator.ledger.LedgerSummary;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test can say after a run: who was sent what, how often, and how each POST was answered. */
class LedgerTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    @Test
    void counts_every_post_by_recipient_and_by_message() {
        create("one");
        create("one");
        create("two");

        LedgerSummary summary = running.awaitQuiet(3);
        assertThat(summary.received()).isEqualTo(3);
        assertThat(summary.recipients()).isEqualTo(1);
        assertThat(summary.recipientsAcceptedMoreThanOnce()).isEqualTo(1);
        assertThat(summary.messages()).isEqualTo(2);
        assertThat(summary.messagesAcceptedMoreThanOnce()).isEqualTo(1);
        assertThat(running.control().ofMessage("one").accepted()).isEqualTo(2);
        assertThat(running.control().ofMessage("two").posts()).hasSize(1);
        assertThat(running.control().toRecipient(RunningSimulator.TO).accepted())
                .isEqualTo(3);
        assertThat(running.control().toRecipient("+15005550999").received()).isZero();
    }

    @Test
    void writes_down_when_each_post_came_and_how_it_was_answered() {
        running.script("{\"times\": 1, \"answer\": {\"kind\": \"error\", \"code\": 21611}}");
        Instant before = Instant.now().minusSeconds(1);

        create("one");
        String sid = new JsonObject(create("one").body()).getString("sid");

        JsonArray posts = running.control().ofMessage("one").posts();
        JsonObject refused = posts.getJsonObject(0);
        JsonObject created = posts.getJsonObject(1);
        assertThat(refused.getString("answer")).isEqualTo("error");
        assertThat(refused.getInteger("status")).isEqualTo(400);
        assertThat(refused.getInteger("code")).isEqualTo(21611);
        assertThat(refused.getBoolean("accepted")).isFalse();
        assertThat(refused.getString("sid")).isNull();
        assertThat(created.getString("answer")).isEqualTo("created");
        assertThat(created.getInteger("status")).isEqualTo(201);
        assertThat(created.getString("sid")).isEqualTo(sid);
        assertThat(Instant.parse(created.getString("received_at"))).isAfter(before);
        assertThat(Instant.parse(created.getString("answered_at")))
                .isAfterOrEqualTo(Instant.parse(created.getString("received_at")));
    }

    @Test
    void names_those_that_were_accepted_more_than_once() {
        create("0199f0a1-0000-7000-8000-000000000001");
        create("0199f0a1-0000-7000-8000-000000000001");
        create("0199f0a1-0000-7000-8000-000000000002");
        running.awaitQuiet(3);

        JsonObject ledger = running.control().ledger();

        assertThat(ledger.getJsonArray("messages_repeated"))
                .containsExactly(new JsonObject()
                        .put("m", "0199f0a1-0000-7000-8000-000000000001")
                        .put("received", 2)
                        .put("accepted", 2)
                        .put("accepted_by", new JsonArray().add("twilio")));
        assertThat(ledger.getJsonArray("recipients_repeated"))
                .containsExactly(new JsonObject()
                        .put("to", RunningSimulator.TO)
                        .put("received", 3)
                        .put("accepted", 3)
                        .put("accepted_by", new JsonArray().add("twilio")));
        assertThat(ledger.getJsonArray("by_recipient")).hasSize(1);
    }

    @Test
    void tells_messages_without_an_id_by_recipient_and_body() throws Exception {
        for (String body : new String[] {"one", "one", "two"}) {
            assertThat(running.create("To", RunningSimulator.TO, "From", RunningSimulator.FROM, "Body", body)
                            .statusCode())
                    .isEqualTo(201);
        }

        LedgerSummary summary = running.control().summary();
        assertThat(summary.messages()).isEqualTo(2);
        assertThat(summary.messagesAcceptedMoreThanOnce()).isEqualTo(1);
        assertThat(running.control().ofMessage(RunningSimulator.TO + " one").accepted())
                .isEqualTo(2);
    }

    @Test
    void is_exact_when_many_post_at_once() {
        running.script("{\"share\": 0.3, \"answer\": {\"kind\": \"server_error\", \"accepts\": true}},"
                + "{\"share\": 0.1, \"answer\": {\"kind\": \"too_many_requests\"}}");

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String to = "+1500556" + (1_000 + i % 500);
            answers.add(running.createLater(to, running.customer().url("/status?m=m" + i % 1_000)));
        }
        long limited = answers.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.statusCode() == 429)
                .count();

        LedgerSummary summary = running.awaitQuiet(2_000 - limited);
        assertThat(summary.received()).isEqualTo(2_000);
        assertThat(summary.accepted()).isEqualTo(2_000 - limited);
        assertThat(summary.recipients()).isEqualTo(500);
        assertThat(summary.messages()).isEqualTo(1_000);
        assertThat(summary.callbacks().answered2xx()).isEqualTo(2 * (2_000 - limited));
        assertThat(summary.answers().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(2_000);
        JsonArray recipients = running.control().ledger().getJsonArray("by_recipient");
        assertThat(recipients)
                .allSatisfy(line ->
                        assertThat(((JsonObject) line).getInteger("received")).isEqualTo(4));
    }

    @Test
    void forgets_everything_on_reset() {
        create("one");
        running.script("{\"answer\": {\"kind\": \"html\"}}");

        running.control().reset();

        assertThat(running.control().summary().received()).isZero();
        assertThat(running.control().toRecipient(RunningSimulator.TO).received())
                .isZero();
        assertThat(running.control().messages(RunningSimulator.TO)).isEmpty();
        assertThat(create("one").statusCode()).isEqualTo(201);
    }

    private static HttpResponse<String> create(String identity) {
        return running.createLater(identity).join();
    }
}
