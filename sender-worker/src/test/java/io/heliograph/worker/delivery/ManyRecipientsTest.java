package io.heliograph.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.contract.Reason;
import io.heliograph.contract.ReceiptKey;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.sms.fast2sms.Fast2smsProvider;
import io.heliograph.worker.sms.fast2sms.Fast2smsSettings;
import io.heliograph.worker.sms.plivo.PlivoProvider;
import io.heliograph.worker.sms.plivo.PlivoSettings;
import io.heliograph.worker.sms.textlocal.TextlocalProvider;
import io.heliograph.worker.sms.textlocal.TextlocalSettings;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A thousand recipients: how many calls that takes, and that each has an outcome of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyRecipientsTest {
    private static final int MANY = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private Simulator simulator;
    private SimulatorControl control;

    @BeforeAll
    void start() throws Exception {
        simulator = Simulator.start(vertx, SimulatorConfig.onFreePort()).await(10, TimeUnit.SECONDS);
        control = new SimulatorControl(simulator.url());
    }

    @BeforeEach
    void reset() {
        control.reset();
        control.clearScript();
    }

    @AfterAll
    void stop() throws Exception {
        control.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

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

    private void assertPartial(Map<Outgoing, Outcome> outcomes, Set<String> refused) {
        assertThat(outcomes).hasSize(MANY);
        outcomes.forEach((outgoing, outcome) -> assertThat(outcome)
                .as(outgoing.recipient())
                .isInstanceOf(refused.contains(outgoing.recipient()) ? Refused.class : Accepted.class));
        assertThat(control.summary().accepted()).isEqualTo(MANY - refused.size());
    }

    private void assertCalls(int calls) {
        assertThat(control.summary().calls()).isEqualTo(calls);
    }

    private static Set<String> ids(Map<Outgoing, Outcome> outcomes) {
        return outcomes.values().stream()
                .map(outcome -> ((Accepted) outcome).providerMessageId())
                .collect(Collectors.toSet());
    }

    private void invalidate(Set<String> numbers) {
        control.script(rules(numbers.stream()
                .map(number -> new JsonObject()
                        .put("to", number)
                        .put("answer", new JsonObject().put("kind", "invalid_number")))
                .toArray(JsonObject[]::new)));
    }

    private static JsonObject rules(JsonObject... rules) {
        return new JsonObject().put("rules", new JsonArray(List.of((Object[]) rules)));
    }

    private static Map<Outgoing, Outcome> send(Provider provider, List<Outgoing> messages) {
        List<ToSend> claimed = messages.stream()
                .map(outgoing -> new ToSend(outgoing, Lane.NORMAL, 0, Duration.ZERO))
                .toList();
        Map<Outgoing, Outcome> outcomes = new LinkedHashMap<>();
        for (List<ToSend> part : Calls.of(claimed, provider, _ -> null)) {
            List<Outgoing> call = part.stream().map(ToSend::outgoing).toList();
            List<Outcome> results = provider.send(call);
            IntStream.range(0, call.size()).forEach(i -> outcomes.put(call.get(i), results.get(i)));
        }
        return outcomes;
    }

    private static List<Outgoing> many(IntFunction<String> text) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> message(number(i), text.apply(i)))
                .toList();
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

    private static Outgoing message(String recipient, String text) {
        return Outgoings.ordinary().recipient(recipient).saying(text).build();
    }

    private static String number(int i) {
        return "+9198765%05d".formatted(i);
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
