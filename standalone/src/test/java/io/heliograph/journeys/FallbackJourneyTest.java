package io.heliograph.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.LogGuard;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What does not reach the person one way reaches them another. The broker has no part in it; nor has slowness, which on a
 * busy machine would lead messages to the other provider before the first has been tried.
 */
class FallbackJourneyTest {
    private static final String PROVIDERS = """
        providers:
          twilio:
            kind: twilio
            base_url: http://localhost:${HELIOGRAPH_SIMULATOR_PORT}
            account_sid: AC00000000000000000000000000000001
            auth_token: heliograph-simulator-token-0000000
            from: "+15005550006"
            breaker: {slow_call: 7s}
          plivo:
            kind: plivo
            base_url: http://localhost:${HELIOGRAPH_SIMULATOR_PORT}
            auth_id: MAHELIOGRAPH00000001
            auth_token: heliograph-simulator-plivo-token-0000000
            from: "+15005550006"
            breaker: {slow_call: 7s}
          mail: {kind: log}
        routes:
          - {channel: sms, providers: [twilio, plivo]}
          - {channel: whatsapp, providers: twilio}
          - {channel: email, providers: mail}
        """;

    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private House house;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("providers.yaml"), PROVIDERS);
        house = House.withGateway(
                TestDatabase.fresh(),
                BrokerKind.QPID.shared(),
                Map.of("HELIOGRAPH_LEASE", "30s", "HELIOGRAPH_PROVIDERS", file.toString()));
        var _ = house.startRelay();
        var _ = house.startWorker();
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    @Test
    void a_text_that_the_phone_cannot_get_goes_by_whatsapp_and_both_tell_of_each_other() {
        String to = Numbers.next();
        script(undelivered(30005).put("to", to).put("times", 1));

        String id = house.api().send(message(to).put("fallback", new JsonArray().add("whatsapp")));

        JsonObject first = house.api().awaitStatus(id, "undelivered");
        JsonObject second = house.api().awaitStatus(first.getString("fallback_id"), "delivered");
        assertThat(Api.story(first)).endsWith("undelivered", "fallback");
        assertThat(second.getString("fallback_of")).isEqualTo(id);
        assertThat(second.getString("channel")).isEqualTo("whatsapp");
        assertThat(house.rows().promises()).isZero();
        ExactlyOnce.assertBalanced(house);
    }

    @Test
    void a_text_that_one_provider_cannot_deliver_goes_through_the_other() {
        String to = Numbers.next();
        script(undelivered(30003).put("to", to).put("provider", "twilio"));

        String id = house.api().send(message(to).put("on_undelivered", "another_provider"));

        JsonObject first = house.api().awaitStatus(id, "undelivered");
        JsonObject second = house.api().awaitStatus(first.getString("fallback_id"), "delivered");
        assertThat(first.getString("provider")).isEqualTo("twilio");
        assertThat(second.getString("provider")).isEqualTo("plivo");
        assertThat(second.getJsonArray("avoided_providers")).containsExactly("twilio");
        ExactlyOnce.assertBalanced(house);
    }

    @Test
    void when_both_providers_have_failed_an_email_goes_out() {
        String to = Numbers.next();
        script(
                undelivered(30003).put("to", to).put("provider", "twilio"),
                undelivered(300).put("to", to).put("provider", "plivo"));

        String id = house.api()
                .send(message(to)
                        .put("on_undelivered", "another_provider")
                        .put(
                                "fallback",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("channel", "email")
                                                .put("to", "ann@example.com")
                                                .put("subject", "Hi"))));

        String second = house.api().awaitStatus(id, "undelivered").getString("fallback_id");
        String third = house.api().awaitStatus(second, "undelivered").getString("fallback_id");
        JsonObject mail = house.api().awaitStatus(third, "sent");
        assertThat(mail.getString("channel")).isEqualTo("email");
        assertThat(mail.containsKey("avoided_providers")).isFalse();
        assertThat(house.rows().promises()).isZero();
        ExactlyOnce.assertBalanced(house);
    }

    @Test
    void a_text_whose_route_names_no_other_provider_ends_and_the_next_channel_comes_at_once() {
        String to = Numbers.next();
        script(undelivered(30003));

        String id = house.api()
                .send(message("whatsapp:" + to)
                        .put("on_undelivered", "another_provider")
                        .put(
                                "fallback",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("channel", "email")
                                                .put("to", "ann@example.com")
                                                .put("subject", "Hi"))));

        String second = house.api().awaitStatus(id, "undelivered").getString("fallback_id");
        assertThat(house.api().awaitStatus(second, "sent").getString("channel")).isEqualTo("email");
        ExactlyOnce.assertBalanced(house);
    }

    /** Goal: one follower for each, though receipts come before the answers that they are about are recorded. */
    @Test
    void a_hundred_whose_receipts_race_with_their_records_are_each_followed_once() {
        script(undelivered(30003)
                .put("provider", "twilio")
                .put("callbacks", new JsonObject().put("early", true))
                .put("latency", new JsonObject().put("min_ms", 0).put("max_ms", 40)));

        List<String> ids = IntStream.range(0, 100)
                .mapToObj(i -> house.api()
                        .send(message(Numbers.next())
                                .put("on_undelivered", "another_provider")
                                .put("fallback", new JsonArray().add("whatsapp"))))
                .toList();

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> house.rows().messages("delivered") == ids.size()
                        && house.rows().promises() == 0);
        assertThat(house.rows().messages("undelivered")).isEqualTo(ids.size());
        assertThat(house.rows().count("SELECT count(DISTINCT fallback_of) FROM message"))
                .isEqualTo(ids.size());
        assertThat(house.rows().count("SELECT count(*) FROM message WHERE provider = 'plivo'"))
                .isEqualTo(ids.size());
        assertThat(house.simulator().summary().accepted()).isEqualTo(2L * ids.size());
        ExactlyOnce.assertBalanced(house);
    }

    private static JsonObject message(String to) {
        return new JsonObject().put("to", to).put("text", House.TEXT);
    }

    private static JsonObject undelivered(int code) {
        return new JsonObject()
                .put("outcome", new JsonObject().put("status", "undelivered").put("error_code", code));
    }

    private void script(JsonObject... rules) {
        house.simulator().script(new JsonObject().put("rules", new JsonArray(List.of(rules))));
    }
}
