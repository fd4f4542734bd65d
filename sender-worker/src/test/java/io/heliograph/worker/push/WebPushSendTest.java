package io.heliograph.worker.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Reason;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.push.Browser;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Outgoings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches a browser, and what is refused before anything leaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPushSendTest {
    private static final String THIS_MACHINE = "127.0.0.0/8,::1/128";

    private final Vertx vertx = Vertx.vertx();
    private SimulatorControl control;

    @BeforeAll
    void start() throws Exception {
        control = new SimulatorControl(Simulator.start(vertx, SimulatorConfig.onFreePort())
                .await(10, TimeUnit.SECONDS)
                .url());
    }

    @BeforeEach
    void reset() {
        control.reset();
    }

    @AfterAll
    void stop() throws Exception {
        control.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void is_read_by_the_browser_alone() {
        Browser browser = Browser.make();
        Browser other = Browser.make();
        Outgoing.Browser subscribed = subscribed(browser.subscription("https://push.example.com/a"), Lane.NORMAL);
        byte[] payload = "{\"title\":\"आपका ऑर्डर\"}".getBytes(StandardCharsets.UTF_8);

        Buffer body = Encryption.encrypt(payload, subscribed);

        assertThat(browser.read(body)).isEqualTo("{\"title\":\"आपका ऑर्डर\"}");
        assertThat(other.read(body)).isNull();
        assertThat(body.toString()).doesNotContain("title");
    }

    @Test
    void says_what_the_message_says_for_how_long_how_urgent_and_instead_of_what() {
        JsonObject subscription = control.pushSubscription();
        Outgoing outgoing = Outgoings.ordinary()
                .in(subscribed(subscription, Lane.CRITICAL))
                .subject("Order A17")
                .saying("Your order is ready.")
                .leadingTo("https://shop.example/a17")
                .validFor(Duration.ofHours(2))
                .build();

        assertThat(send(THIS_MACHINE, outgoing)).isInstanceOf(Accepted.class);

        SimulatorControl.Posts posts = control.ofMessage(outgoing.id().toString());
        assertThat(posts.accepted()).isEqualTo(1);
        JsonObject post = posts.posts().getJsonObject(0);
        assertThat(new JsonObject(post.getString("text")))
                .isEqualTo(new JsonObject()
                        .put("id", outgoing.id().toString())
                        .put("title", "Order A17")
                        .put("body", "Your order is ready.")
                        .put("url", "https://shop.example/a17"));
        JsonObject headers = post.getJsonObject("details");
        assertThat(headers.getString("TTL")).isEqualTo("7200");
        assertThat(headers.getString("Urgency")).isEqualTo("high");
        assertThat(headers.getString("Topic")).hasSize(22);
        assertThat(headers.getString("Content-Encoding")).isEqualTo("aes128gcm");
    }

    @ParameterizedTest
    @CsvSource({"gone-1, http_410", "unknown-1, http_404"})
    void knows_a_subscription_that_has_ended(String token, String code) {
        JsonObject subscription = control.pushSubscription();
        String service = subscription.getString("endpoint").replaceFirst("/push/.*", "/push/");

        Outcome outcome = send(
                THIS_MACHINE,
                Outgoings.ordinary()
                        .in(subscribed(subscription.put("endpoint", service + token), Lane.NORMAL))
                        .build());

        assertThat(outcome).isEqualTo(new Outcome.Refused(code, Reason.SUBSCRIPTION_GONE));
    }

    @Test
    void calls_nobody_for_a_subscription_that_was_removed() {
        Outgoing outgoing = Outgoings.ordinary().by(Channel.WEB_PUSH).build();

        assertThat(send(THIS_MACHINE, outgoing))
                .isEqualTo(new Outcome.Refused("subscription_removed", Reason.SUBSCRIPTION_GONE));
    }

    @ParameterizedTest
    @CsvSource({
        // What is allowed beside the public, and where the endpoint is; a public one needs encryption and keys of our
        // own.
        "'', http://127.0.0.1:1/push/a, address_refused",
        "'', http://localhost:1/push/a, address_refused",
        "127.0.0.0/8, http://10.1.2.3/push/a, address_refused",
        "127.0.0.0/8, http://192.0.2.1/push/a, address_refused",
        "127.0.0.0/8, 'http://[fd00::1]/push/a', address_refused",
        "127.0.0.0/8, http://9.9.9.9/push/a, address_refused",
        "127.0.0.0/8, ftp://9.9.9.9/push/a, endpoint_unusable",
        "127.0.0.0/8, https://9.9.9.9:99999/push/a, endpoint_unusable",
    })
    void calls_no_address_that_is_not_public_unless_it_is_allowed(String allowed, String endpoint, String code) {
        Outgoing outgoing = Outgoings.ordinary()
                .in(subscribed(control.pushSubscription().put("endpoint", endpoint), Lane.NORMAL))
                .build();

        assertThat(send(allowed, outgoing)).isEqualTo(Meaning.PERMANENT.outcome(code));
    }

    /** Nothing else could show that the others are well: while the breaker is open, nothing is sent. */
    @Test
    void asks_a_service_that_is_away_only_once() {
        WebPushProvider provider = new WebPushProvider(vertx, settings(THIS_MACHINE), InstantSource.system());
        try {
            List<Outcome> _ = provider.send(List.of(Outgoings.ordinary()
                    .in(subscribed(
                            control.pushSubscription().put("endpoint", "http://127.0.0.1:1/push/a"), Lane.NORMAL))
                    .build()));

            assertThat(provider.check()).isEqualTo(new Health.Down("provider_unreachable"));
            assertThat(provider.check()).isEqualTo(new Health.Up());
        } finally {
            Void _ = provider.close().await();
        }
    }

    @Test
    void never_uses_the_keys_that_everybody_knows_outside() {
        Outgoing outgoing = Outgoings.ordinary()
                .in(subscribed(control.pushSubscription().put("endpoint", "https://9.9.9.9/push/a"), Lane.NORMAL))
                .build();

        assertThat(send("", outgoing)).isEqualTo(Meaning.CONFIGURATION.outcome("vapid_keys_are_the_simulators"));
    }

    @ParameterizedTest
    @CsvSource({"3926, true", "3927, false"})
    void takes_all_that_a_push_service_takes_and_no_more(int characters, boolean goes) {
        Outgoing outgoing = Outgoings.ordinary()
                .in(subscribed(control.pushSubscription(), Lane.NORMAL))
                .subject("T")
                .saying("x".repeat(characters))
                .build();

        Outcome outcome = send(THIS_MACHINE, outgoing);

        if (goes) {
            assertThat(outcome).isInstanceOf(Accepted.class);
        } else {
            assertThat(outcome).isEqualTo(Meaning.PERMANENT.outcome("payload_too_large"));
        }
    }

    @Test
    void signs_for_the_service_with_its_port_once_in_hours() {
        Instant[] now = {Instant.parse("2026-11-20T12:00:00Z")};
        Vapid vapid = Vapid.of(settings(THIS_MACHINE), () -> now[0]);

        String first = vapid.authorization("https://push.example.com:8443");
        now[0] = now[0].plus(Duration.ofHours(5));
        String again = vapid.authorization("https://push.example.com:8443");
        now[0] = now[0].plus(Duration.ofHours(2));
        String anew = vapid.authorization("https://push.example.com:8443");

        assertThat(again).isEqualTo(first);
        assertThat(anew).isNotEqualTo(first);
        assertThat(claims(anew))
                .isEqualTo(new JsonObject()
                        .put("aud", "https://push.example.com:8443")
                        .put("exp", now[0].plus(Duration.ofHours(12)).getEpochSecond())
                        .put("sub", "mailto:operator@example.com"));
        assertThat(anew).endsWith(", k=" + SimulatorAccount.VAPID_PUBLIC_KEY);
    }

    @Test
    void prints_nothing_that_it_takes_to_write_to_somebody() {
        JsonObject subscription = control.pushSubscription();
        Outgoing outgoing =
                Outgoings.ordinary().in(subscribed(subscription, Lane.NORMAL)).build();

        assertThat(outgoing.toString()
                        + outgoing.browser()
                        + settings(THIS_MACHINE)
                        + Endpoint.of(subscription.getString("endpoint")))
                .doesNotContain(
                        SimulatorAccount.VAPID_PRIVATE_KEY,
                        "/push/",
                        subscription.getJsonObject("keys").getString("auth"),
                        subscription.getJsonObject("keys").getString("p256dh"));
    }

    private static JsonObject claims(String header) {
        String token = header.substring("vapid t=".length(), header.indexOf(','));
        return Buffer.buffer(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]))
                .toJsonObject();
    }

    private Outcome send(String allowed, Outgoing outgoing) {
        WebPushProvider provider = new WebPushProvider(vertx, settings(allowed), InstantSource.system());
        try {
            return provider.send(List.of(outgoing)).getFirst();
        } finally {
            Void _ = provider.close().await();
        }
    }

    private static WebPushSettings settings(String allowed) {
        return new WebPushSettings(
                "webpush",
                SimulatorAccount.VAPID_PUBLIC_KEY,
                SimulatorAccount.VAPID_PRIVATE_KEY,
                "mailto:operator@example.com",
                AllowedAddresses.beside(allowed),
                2,
                Duration.ofSeconds(8));
    }

    private static Outgoing.Browser subscribed(JsonObject subscription, Lane lane) {
        JsonObject keys = subscription.getJsonObject("keys");
        return new Outgoing.Browser(
                subscription.getString("endpoint"), keys.getString("p256dh"), keys.getString("auth"), lane);
    }
}
