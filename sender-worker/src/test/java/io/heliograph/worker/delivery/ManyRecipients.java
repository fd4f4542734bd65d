package io.heliograph.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.testing.Outgoings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
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
import org.junit.jupiter.api.TestInstance;

/** A provider, and what a thousand recipients' messages to it come to; a simulator counts its calls. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ManyRecipients {
    static final int MANY = 1_000;
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    final Vertx vertx = Vertx.vertx();
    Simulator simulator;
    SimulatorControl control;

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

    void assertPartial(Map<Outgoing, Outcome> outcomes, Set<String> refused) {
        assertThat(outcomes).hasSize(MANY);
        outcomes.forEach((outgoing, outcome) -> assertThat(outcome)
                .as(outgoing.recipient())
                .isInstanceOf(refused.contains(outgoing.recipient()) ? Refused.class : Accepted.class));
        assertThat(control.summary().accepted()).isEqualTo(MANY - refused.size());
    }

    void assertCalls(int calls) {
        assertThat(control.summary().calls()).isEqualTo(calls);
    }

    static Set<String> ids(Map<Outgoing, Outcome> outcomes) {
        return outcomes.values().stream()
                .map(outcome -> ((Accepted) outcome).providerMessageId())
                .collect(Collectors.toSet());
    }

    void invalidate(Set<String> numbers) {
        control.script(rules(numbers.stream()
                .map(number -> new JsonObject()
                        .put("to", number)
                        .put("answer", new JsonObject().put("kind", "invalid_number")))
                .toArray(JsonObject[]::new)));
    }

    static JsonObject rules(JsonObject... rules) {
        return new JsonObject().put("rules", new JsonArray(List.of((Object[]) rules)));
    }

    static Map<Outgoing, Outcome> send(Provider provider, List<Outgoing> messages) {
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

    static List<Outgoing> many(IntFunction<String> text) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> message(number(i), text.apply(i)))
                .toList();
    }

    static Outgoing message(String recipient, String text) {
        return Outgoings.ordinary().recipient(recipient).saying(text).build();
    }

    static String number(int i) {
        return "+9198765%05d".formatted(i);
    }
}
