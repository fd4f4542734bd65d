package io.heliograph.worker.unknown;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.runtime.Metrics;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.sms.TwilioProvider;
import io.heliograph.worker.sms.TwilioSettings;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window has ended, and the provider does not answer what it is asked. */
class UnansweredLookUpTest {
    private static final String AT_THE_WINDOWS_END = "10 minutes";
    private static final String AT_THE_BOUND = "20 minutes";

    private final Vertx vertx = Vertx.vertx();
    private final LedgerBench bench = new LedgerBench();
    private final Messages messages = bench.messages;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private SimulatorControl control;
    private TwilioProvider provider;
    private ResolveUnknown resolver;

    @BeforeEach
    void start() throws Exception {
        Simulator simulator =
                Simulator.start(vertx, SimulatorConfig.onFreePort()).await(10, TimeUnit.SECONDS);
        control = new SimulatorControl(simulator.url());
        provider = new TwilioProvider(vertx, settings(simulator.url()));
        resolver = new ResolveUnknown(
                Map.of("twilio", provider)::get,
                new LookUpStore(bench.pool),
                Duration.ofMinutes(10),
                bench.patience,
                new UnknownMeters(Metrics.registry()),
                threads);
    }

    @AfterEach
    void stop() throws Exception {
        threads.close();
        bench.close();
        control.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void the_first_answer_finds_what_would_have_been_given_up() throws Exception {
        UUID id = messages.queued()
                .unknownSince(AT_THE_WINDOWS_END)
                .with("claimed_at", "now()")
                .insert();
        String atProvider = taken();
        doNotAnswer();

        resolve(id);
        assertThat(messages.status(id)).isEqualTo("unknown");
        assertThat(messages.dueInSeconds(id)).isBetween(50.0, 60.0);

        control.clearScript();
        resolve(id);
        assertThat(messages.status(id)).isEqualTo("sent");
        assertThat(messages.attemptColumn(id, 1, "provider_message_id")).isEqualTo(atProvider);
        assertThat(messages.violations()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"fail, failed", "resend, queued"})
    void the_first_answer_decides_when_it_shows_nothing(String onUnknown, String status) throws Exception {
        UUID id = unknown(AT_THE_WINDOWS_END, onUnknown);
        doNotAnswer();

        resolve(id);
        assertThat(messages.status(id)).isEqualTo("unknown");

        control.clearScript();
        resolve(id);
        assertThat(messages.status(id)).isEqualTo(status);
        assertThat(messages.violations()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"fail, failed", "resend, queued"})
    void without_any_answer_it_is_decided_at_the_bound(String onUnknown, String status) throws Exception {
        UUID id = unknown(AT_THE_BOUND, onUnknown);
        doNotAnswer();

        resolve(id);

        assertThat(messages.status(id)).isEqualTo(status);
        assertThat(messages.column(id, "reason")).isEqualTo("outcome_unknown");
        assertThat(messages.violations()).isZero();
    }

    private UUID unknown(String since, String onUnknown) {
        return messages.queued()
                .unknownSince(since)
                .with("on_unknown", "'" + onUnknown + "'")
                .insert();
    }

    /** The same message, as it went out before its answer got lost. */
    private String taken() {
        Outgoing sent = Outgoings.ordinary().claimedAt(Instant.now()).build();
        return ((Outcome.Accepted) provider.send(List.of(sent)).getFirst()).providerMessageId();
    }

    private void doNotAnswer() {
        JsonObject rule = new JsonObject()
                .put("every_call", true)
                .put("answer", new JsonObject().put("kind", "server_error").put("status", 503));
        control.script(new JsonObject().put("rules", new JsonArray().add(rule)));
    }

    private static TwilioSettings settings(String url) {
        return new TwilioSettings(
                "twilio",
                url,
                SimulatorAccount.ACCOUNT_SID,
                SimulatorAccount.AUTH_TOKEN,
                Own.senders(SimulatorAccount.PHONE_NUMBER),
                4,
                Duration.ofSeconds(5),
                "http://localhost:1",
                Duration.ofSeconds(30));
    }

    private void resolve(UUID id) throws InterruptedException {
        messages.publishAgain(id);
        int _ = bench.ledger.record(resolver.resolve(bench.claim(id).toResolve()));
    }
}
