package io.heliograph.worker.sms.textlocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.ReceiptSource.Told;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Textlocal says of one message when it is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextlocalReceiptOfTest {
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
    void is_its_letter() {
        TextlocalProvider provider = provider(SimulatorAccount.TEXTLOCAL_KEY);
        String id = sent(provider);

        await().until(() -> provider.receiptOf(id, null).equals(new Told.Status("D", null)));
    }

    @Test
    void is_nothing_where_it_knows_no_such_message_or_no_such_question() {
        TextlocalProvider provider = provider(SimulatorAccount.TEXTLOCAL_KEY);
        String id = sent(provider);

        assertThat(provider.receiptOf("1999999999", null)).isEqualTo(new Told.NotFound());
        refuse(new JsonObject().put("kind", "error").put("code", 2));
        assertThat(provider.receiptOf(id, null)).isEqualTo(new Told.NotFound());
    }

    @Test
    void is_not_told_where_it_lets_us_not_in_or_is_not_there() {
        assertThat(provider("wrong").receiptOf("1999999999", null)).isEqualTo(new Told.Unavailable("3"));
        refuse(new JsonObject().put("kind", "html").put("status", 200));
        assertThat(provider(SimulatorAccount.TEXTLOCAL_KEY).receiptOf("1999999999", null))
                .isInstanceOf(Told.Unavailable.class);
    }

    private static String sent(TextlocalProvider provider) {
        Outcome sent = provider.send(
                        List.of(Outgoings.ordinary().recipient("+919876543210").build()))
                .getFirst();
        return ((Outcome.Accepted) sent).providerMessageId();
    }

    private void refuse(JsonObject answer) {
        JsonObject rule = new JsonObject().put("every_call", true).put("answer", answer);
        control.script(new JsonObject().put("rules", new JsonArray().add(rule)));
    }

    private TextlocalProvider provider(String key) {
        return new TextlocalProvider(
                vertx,
                new TextlocalSettings(
                        "textlocal", simulator.url(), key, Own.senders("CLINIC"), 500, 4, Duration.ofSeconds(5), null));
    }
}
