package io.heliograph.worker.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Reason;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.runtime.FreePorts;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.testing.Outgoings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the answer: one POST, and an outcome that claims no more than is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwilioSendTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

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
    void gives_the_providers_id_for_what_was_accepted() {
        Outgoing outgoing = Outgoings.to("+15005550010");

        Outcome outcome = send(outgoing);

        JsonObject post = control.ofMessage(outgoing.id().toString()).posts().getJsonObject(0);
        assertThat(outcome).isEqualTo(new Accepted(post.getString("sid")));
        assertPosts(1);
    }

    @Test
    void shows_buttons_instead_of_the_text_where_it_has_a_content_for_them() {
        Outgoing outgoing = Outgoings.ordinary()
                .by(Channel.WHATSAPP)
                .saying("Shall I?\n\n1. Yes\n2. No")
                .by(new Outgoing.ContentTemplate(
                        "HX00000000000000000000000000000002", Map.of("1", "Shall I?", "2", "Yes", "3", "No")))
                .build();

        Outcome outcome = send(outgoing);

        JsonObject post = control.ofMessage(outgoing.id().toString()).posts().getJsonObject(0);
        assertThat(outcome).isEqualTo(new Accepted(post.getString("sid")));
        assertThat(post.getString("text")).isEqualTo("Shall I?\n[Yes]\n[No]");
        assertThat(post.getJsonObject("details"))
                .isEqualTo(new JsonObject().put("content_sid", "HX00000000000000000000000000000002"));
    }

    @Test
    void is_told_by_the_provider_that_a_content_is_none() {
        Outgoing outgoing = Outgoings.ordinary()
                .by(Channel.WHATSAPP)
                .by(new Outgoing.ContentTemplate("HX-none", Map.of()))
                .build();

        assertThat(send(outgoing)).isEqualTo(new Refused("21655", Reason.REFUSED_BY_PROVIDER));
        assertPosts(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"kind":"error","code":21211}                            | Refused  | 21211    | REFUSED_BY_PROVIDER
                {"kind":"error","code":21212}                            | Refused  | 21212    | PROVIDER_CONFIGURATION
                {"kind":"error","code":21610}                            | Refused  | 21610    | RECIPIENT_OPTED_OUT
                {"kind":"error","code":21611}                            | TryLater | 21611    | PROVIDER_BUSY
                {"kind":"error","code":20003}                            | TryLater | 20003    | PROVIDER_CONFIGURATION
                {"kind":"error","code":21999}                            | Refused  | 21999    | REFUSED_BY_PROVIDER
                {"kind":"too_many_requests"}                             | TryLater | 20429    | PROVIDER_BUSY
                {"kind":"server_error","status":500,"accepts":false}     | Unknown  | http_500 |
                {"kind":"server_error","status":500,"accepts":true}      | Unknown  | http_500 |
                {"kind":"server_error","status":503,"retry_after_s":1}   | Unknown  | http_503 |
                {"kind":"html","status":502}                             | Unknown  | http_502 |
                {"kind":"html","status":404}                             | Unknown  | http_404 |
                {"kind":"html","status":200,"accepts":true}              | Unknown  | http_200 |
                {"kind":"redirect"}                                      | Unknown  | http_302 |
                {"kind":"without_sid","accepts":true}                    | Unknown  | http_201 |
                {"kind":"garbage","accepts":true}                        | Unknown  | http_201 |
                {"kind":"reset","accepts":false}                         | Unknown  | answer_lost |
                {"kind":"reset","accepts":true}                          | Unknown  | answer_lost |
                {"kind":"silence","accepts":true}                        | Unknown  | answer_lost |
                """)
    void posts_once_and_claims_no_more_than_is_known(String answer, String outcome, String code, String reason) {
        script(new JsonObject(answer));

        Outcome got = send(Outgoings.to("+15005550010"));

        assertThat(got.getClass().getSimpleName()).isEqualTo(outcome);
        switch (got) {
            case Refused refused -> {
                assertThat(refused.code()).isEqualTo(code);
                assertThat(refused.reason()).isEqualTo(Reason.valueOf(reason));
            }
            case TryLater later -> {
                assertThat(later.code()).isEqualTo(code);
                assertThat(later.reason()).isEqualTo(Reason.valueOf(reason));
            }
            case Unknown unknown -> assertThat(unknown.cause()).isEqualTo(code);
            case Accepted accepted -> throw new AssertionError(accepted);
        }
        assertPosts(1);
    }

    @Test
    void comes_back_when_the_provider_said() {
        script(new JsonObject().put("kind", "too_many_requests").put("retry_after_s", 7));

        Outcome outcome = send(Outgoings.to("+15005550010"));

        assertThat(outcome).isEqualTo(new TryLater("20429", Reason.PROVIDER_BUSY, Pace.BUSY, Duration.ofSeconds(7)));
    }

    @Test
    void knows_that_nothing_was_sent_when_nobody_listens() throws Exception {
        int free = FreePorts.next();

        Outcome outcome = sendTo("http://127.0.0.1:" + free, Outgoings.to("+15005550010"));

        assertThat(outcome).isEqualTo(new TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY));
    }

    @Test
    void knows_that_nothing_was_sent_when_the_name_is_not_known() throws Exception {
        Outcome outcome = sendTo("http://no-such-host.invalid", Outgoings.to("+15005550010"));

        assertThat(outcome).isEqualTo(new TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY));
    }

    /** One has the only connection, one waits for it, and there is no room for a third to wait. */
    @Test
    void knows_that_nothing_was_sent_when_no_connection_came_free() throws Exception {
        script(new JsonObject().put("kind", "silence"));
        TwilioProvider provider = provider(simulator.url(), 1);
        Callable<List<Outcome>> send = () -> provider.send(List.of(Outgoings.to("+15005550010")));

        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Outcome>> outcome : threads.invokeAll(List.of(send, send, send))) {
                outcomes.addAll(outcome.get());
            }
        }

        Outcome lost = new Unknown("answer_lost");
        assertThat(outcomes)
                .contains(lost, new TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY));
        // The one that waits may get the connection in the very moment in which both give up.
        assertThat(control.summary().received())
                .isLessThanOrEqualTo(outcomes.stream().filter(lost::equals).count());
        Void _ = provider.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void uses_a_connection_again_after_an_answer_and_not_after_silence() throws Exception {
        TwilioProvider provider = provider(simulator.url(), 1);
        script(new JsonObject().put("kind", "silence"));
        List<Outcome> _ = provider.send(List.of(Outgoings.to("+15005550010")));
        control.clearScript();

        List<Outcome> outcomes = provider.send(List.of(Outgoings.to("+15005550011")));

        assertThat(outcomes.getFirst()).isInstanceOf(Accepted.class);
        Void _ = provider.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void has_a_receipt_told_again_that_we_could_not_take() throws Exception {
        List<String> urls = new CopyOnWriteArrayList<>();
        HttpServer gateway = vertx.createHttpServer()
                .requestHandler(request -> {
                    urls.add(request.uri());
                    var _ = request.response().setStatusCode(503).end();
                })
                .listen(0, "localhost")
                .await(5, TimeUnit.SECONDS);
        control.script(new JsonObject("{\"rules\": [{\"callbacks\": {\"which\": \"last\"}}]}"));
        Outgoing outgoing = Outgoings.to("+15005550010");
        TwilioProvider provider = new TwilioProvider(
                vertx, Settings.at(simulator.url(), 4, TIMEOUT, "http://localhost:" + gateway.actualPort()));

        assertThat(provider.send(List.of(outgoing)).getFirst()).isInstanceOf(Accepted.class);

        // Five times more, and without what only Twilio reads.
        assertThat(control.awaitQuiet(Duration.ofSeconds(20), 1).callbacks().refused())
                .isEqualTo(6);
        assertThat(urls).hasSize(6).containsOnly("/callbacks/twilio/status?m=" + outgoing.id() + "&a=1");
        Void _ = provider.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void sends_text_media_sender_and_validity() {
        Outgoing outgoing = Outgoings.ordinary()
                .saying("Grüße & mehr")
                .from("+15005550099")
                .showing("https://example.org/a.png", "https://example.org/b.png")
                .validFor(Duration.ofMinutes(5))
                .build();

        assertThat(send(outgoing)).isInstanceOf(Accepted.class);

        JsonObject message = control.messages(outgoing.recipient()).getJsonObject(0);
        assertThat(message.getString("body")).isEqualTo("Grüße & mehr");
        assertThat(message.getString("from")).isEqualTo("+15005550099");
        assertThat(message.getString("num_media")).isEqualTo("2");
    }

    @Test
    void asks_for_no_longer_validity_than_twilio_knows() {
        assertThat(send(Outgoings.ordinary().validFor(Duration.ofDays(30)).build()))
                .isInstanceOf(Accepted.class);
        assertThat(send(Outgoings.ordinary().validFor(Duration.ofMillis(3)).build()))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void writes_whatsapp_addresses_with_their_prefix() {
        Outgoing outgoing = Outgoings.ordinary().by(Channel.WHATSAPP).build();

        assertThat(send(outgoing)).isInstanceOf(Accepted.class);

        JsonArray messages = control.messages("whatsapp:" + outgoing.recipient());
        assertThat(messages.getJsonObject(0).getString("from")).isEqualTo("whatsapp:" + SimulatorAccount.PHONE_NUMBER);
    }

    @Test
    void refuses_what_cannot_even_be_written() {
        Outgoing outgoing = Outgoings.ordinary().showing("not a url").build();

        assertThat(send(outgoing)).isInstanceOf(Refused.class);
        assertPosts(0);
    }

    private Outcome send(Outgoing outgoing) {
        try {
            return sendTo(simulator.url(), outgoing);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Outcome sendTo(String url, Outgoing outgoing) throws Exception {
        TwilioProvider provider = provider(url, 4);
        try {
            return provider.send(List.of(outgoing)).getFirst();
        } finally {
            Void _ = provider.close().await(5, TimeUnit.SECONDS);
        }
    }

    private TwilioProvider provider(String url, int concurrency) {
        return new TwilioProvider(vertx, Settings.at(url, concurrency, TIMEOUT));
    }

    private void script(JsonObject answer) {
        control.script(new JsonObject().put("rules", new JsonArray().add(new JsonObject().put("answer", answer))));
    }

    private void assertPosts(int received) {
        assertThat(control.summary().received()).isEqualTo(received);
    }
}
