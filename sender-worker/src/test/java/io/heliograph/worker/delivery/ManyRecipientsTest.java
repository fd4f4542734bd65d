package io.heliograph.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.ReceiptKey;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.sms.plivo.PlivoProvider;
import io.heliograph.worker.sms.plivo.PlivoSettings;
import io.heliograph.worker.sms.textlocal.TextlocalProvider;
import io.heliograph.worker.sms.textlocal.TextlocalSettings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A thousand recipients: how many calls that takes, and that each has an outcome of its own. */
class ManyRecipientsTest extends ManyRecipients {
    @Test
    void takes_plivo_one_call() {
        Map<Outgoing, Outcome> outcomes = send(plivo(), many(i -> "Your table is ready"));

        assertThat(outcomes.values()).hasSize(MANY).hasOnlyElementsOfType(Accepted.class);
        assertThat(ids(outcomes)).hasSize(MANY);
        assertCalls(1);
    }

    @Test
    void takes_plivo_a_call_for_each_text() {
        assertThat(send(plivo(), many(i -> "Table " + i % 4)).values()).hasOnlyElementsOfType(Accepted.class);

        assertCalls(4);
    }

    /** Those that are not valid have no id, and their neighbours must not get each other's. */
    @Test
    void tells_plivos_ids_apart_when_some_numbers_are_not_valid() {
        List<Outgoing> messages = many(i -> "Your table is ready");
        Set<String> invalid = Set.of(number(0), number(500), number(501), number(999));
        invalidate(invalid);

        Map<Outgoing, Outcome> outcomes = send(plivo(), messages);

        assertPartial(outcomes, invalid);
        assertCalls(1);
        outcomes.forEach((outgoing, outcome) -> {
            if (outcome instanceof Accepted accepted && outgoing.recipient().endsWith("7")) {
                assertThat(control.toRecipient(outgoing.recipient()).posts().encode())
                        .contains(accepted.providerMessageId());
            }
        });
    }

    @Test
    void takes_textlocal_two_calls_for_one_text() {
        Map<Outgoing, Outcome> outcomes = send(textlocal(), many(i -> "Your table is ready"));

        assertThat(outcomes.values()).hasSize(MANY).hasOnlyElementsOfType(Accepted.class);
        assertThat(ids(outcomes)).hasSize(MANY);
        assertCalls(2);
    }

    @Test
    void takes_textlocal_two_calls_for_a_thousand_texts() {
        Map<Outgoing, Outcome> outcomes = send(textlocal(), many(i -> "Table " + i + " is ready"));

        assertThat(ids(outcomes)).hasSize(MANY);
        assertThat(control.toRecipient(number(77)).posts().getJsonObject(0).getString("text"))
                .isEqualTo("Table 77 is ready");
        assertCalls(2);
    }

    @Test
    void tells_who_textlocal_left_out_of_one_text() {
        Set<String> invalid = Set.of(number(0), number(499), number(500));
        invalidate(invalid);

        assertPartial(send(textlocal(), many(i -> "Your table is ready")), invalid);
        assertCalls(2);
    }

    @Test
    void tells_whom_textlocal_left_out_of_many_texts() {
        Set<String> invalid = Set.of(number(1), number(498), number(999));
        invalidate(invalid);

        assertPartial(send(textlocal(), many(i -> "Table " + i)), invalid);
        assertCalls(2);
    }

    /** What its receipt will be found by, when it names the call and a number. */
    @Test
    void names_the_call_as_its_receipts_will() {
        Provider provider = plivo();
        List<Outgoing> messages = many(i -> "Your table is ready").subList(0, 3);

        Map<Outgoing, Outcome> _ = send(provider, messages);

        Outgoing first = messages.getFirst();
        String call = first.id() + "-" + first.attempt();
        JsonObject post = control.toRecipient(number(2)).posts().getJsonObject(0);
        assertThat(post.encode()).contains(call);
        assertThat(provider.receiptKey(first, messages.get(2))).isEqualTo(ReceiptKey.of(call, number(2)));
    }

    private Provider plivo() {
        return new PlivoProvider(
                vertx,
                new PlivoSettings(
                        "plivo",
                        simulator.url(),
                        SimulatorAccount.PLIVO_AUTH_ID,
                        SimulatorAccount.PLIVO_AUTH_TOKEN,
                        Own.senders("14155550100"),
                        1_000,
                        4,
                        TIMEOUT,
                        "http://localhost:1"));
    }

    private Provider textlocal() {
        return new TextlocalProvider(
                vertx,
                new TextlocalSettings(
                        "textlocal",
                        simulator.url(),
                        SimulatorAccount.TEXTLOCAL_KEY,
                        Own.senders("CLINIC"),
                        500,
                        4,
                        TIMEOUT,
                        null));
    }
}
