package io.heliograph.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Reason;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.sms.fast2sms.Fast2smsProvider;
import io.heliograph.worker.sms.fast2sms.Fast2smsSettings;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many recipients of Fast2SMS, whose routes differ in what a call may hold. */
class ManyFast2smsRecipientsTest extends ManyRecipients {
    @Test
    void takes_fast2sms_ten_calls_of_a_hundred() {
        Map<Outgoing, Outcome> outcomes = send(fast2sms(), many(i -> "Your table is ready"));

        assertThat(outcomes.values()).hasSize(MANY).hasOnlyElementsOfType(Accepted.class);
        assertThat(ids(outcomes)).as("one id a call").hasSize(10);
        assertCalls(10);
    }

    @Test
    void spoils_no_call_to_fast2sms_with_a_number_from_elsewhere() {
        List<Outgoing> messages = new ArrayList<>(many(i -> "Your table is ready"));
        Outgoing abroad = message("+15005550010", "Your table is ready");
        messages.set(3, abroad);

        Map<Outgoing, Outcome> outcomes = send(fast2sms(), messages);

        assertPartial(outcomes, Set.of(abroad.recipient()));
        assertCalls(10);
    }

    /** Nobody says which number it was, so the good ones get another try, each alone. */
    @Test
    void takes_a_call_apart_that_fast2sms_refused_for_one_number() {
        Provider provider = fast2sms();
        List<Outgoing> messages = many(i -> "Your table is ready").subList(0, 5);
        control.script(rules(new JsonObject()
                .put("times", 1)
                .put("answer", new JsonObject().put("kind", "error").put("code", 411))));
        Map<Outgoing, Outcome> refused = send(provider, messages);
        control.clearScript();

        // Not busy: that would slow the whole fleet down.
        Outcome apart = new Outcome.TryLater("411", Reason.PROVIDER_BUSY, Pace.APART);
        assertThat(refused.values()).containsOnly(apart);
        assertThat(send(provider, messages).values()).hasOnlyElementsOfType(Accepted.class);
        assertCalls(1 + 5);
    }

    @Test
    void takes_fast2sms_a_call_for_a_hundred_sets_of_variables() {
        List<Outgoing> messages = registered(100);

        Map<Outgoing, Outcome> outcomes = send(fast2sms(Fast2smsSettings.Route.DLT), messages);

        assertThat(outcomes.values()).hasSize(100).hasOnlyElementsOfType(Accepted.class);
        assertThat(ids(outcomes)).as("one id a call").hasSize(1);
        assertThat(told(77)).isEqualTo("174512|Ada 77");
        assertCalls(1);
    }

    @Test
    void takes_fast2sms_a_call_for_a_hundred_registered_texts() {
        assertThat(send(fast2sms(Fast2smsSettings.Route.DLT_MANUAL), registered(100))
                        .values())
                .hasOnlyElementsOfType(Accepted.class);

        assertThat(told(77)).isEqualTo("Dear Ada 77");
        assertCalls(1);
    }

    /** Receipts tell the messages of a call apart by the number. */
    @Test
    void gives_no_number_two_texts_in_one_call_to_fast2sms() {
        List<Outgoing> messages = new ArrayList<>(registered(3));
        messages.add(registered(number(1), "Bob"));

        Map<Outgoing, Outcome> outcomes = send(fast2sms(Fast2smsSettings.Route.DLT), messages);

        assertThat(outcomes.values()).hasSize(4).hasOnlyElementsOfType(Accepted.class);
        assertThat(ids(outcomes)).hasSize(2);
        assertCalls(2);
    }

    /** The second has a word that reaches into the next slot, the third lives elsewhere. */
    @Test
    void spoils_no_call_to_fast2sms_with_what_can_plainly_not_be_sent() {
        List<Outgoing> messages = new ArrayList<>(registered(1));
        messages.add(registered(number(1), "a|b"));
        messages.add(registered("+15005550010", "Ada"));
        messages.addAll(registered(4).subList(3, 4));

        assertThat(send(fast2sms(Fast2smsSettings.Route.DLT), messages).values())
                .hasExactlyElementsOfTypes(Accepted.class, Refused.class, Refused.class, Accepted.class);
        assertCalls(1);
    }

    /** A link in a variable, say, which is nobody else's fault. */
    @Test
    void takes_a_call_apart_that_fast2sms_refused_for_one_of_its_texts() {
        control.script(rules(new JsonObject()
                .put("times", 1)
                .put("answer", new JsonObject().put("kind", "error").put("code", 426))));
        Provider provider = fast2sms(Fast2smsSettings.Route.DLT);
        List<Outgoing> messages = registered(5);

        Outcome apart = new Outcome.TryLater("426", Reason.PROVIDER_BUSY, Pace.APART);
        assertThat(send(provider, messages).values()).containsOnly(apart);
        assertThat(send(provider, messages).values()).hasOnlyElementsOfType(Accepted.class);
        assertCalls(1 + 5);
    }

    private static List<Outgoing> registered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> registered(number(i), "Ada " + i))
                .toList();
    }

    private static Outgoing registered(String recipient, String name) {
        return Outgoings.ordinary()
                .recipient(recipient)
                .saying("Dear " + name)
                .registered(new Outgoing.Dlt("1201159", "174512", List.of(name)))
                .build();
    }

    private String told(int i) {
        return control.toRecipient(number(i)).posts().getJsonObject(0).getString("text");
    }

    private Provider fast2sms() {
        return fast2sms(Fast2smsSettings.Route.Q);
    }

    private Provider fast2sms(Fast2smsSettings.Route route) {
        return new Fast2smsProvider(
                vertx,
                new Fast2smsSettings(
                        "fast2sms",
                        simulator.url(),
                        SimulatorAccount.FAST2SMS_KEY,
                        route,
                        null,
                        Own.senders("CLINIC"),
                        100,
                        4,
                        TIMEOUT));
    }
}
