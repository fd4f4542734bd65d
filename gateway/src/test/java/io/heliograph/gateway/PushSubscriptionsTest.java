package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Browsers in which users want to be told. */
class PushSubscriptionsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final String PATH = "/v1/users/ann/push-subscriptions";

    @BeforeEach
    void ann() {
        TestUsers.ann(GATEWAY);
    }

    @Test
    void is_kept_shown_without_its_secrets_and_removed() {
        HttpResponse<String> made = TestBrowsers.put(
                GATEWAY,
                "ann",
                TestBrowsers.subscription("a")
                        .put("user_agent", "Firefox on Linux")
                        .put("expirationTime", 1_893_456_000_000L));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonObject shown = listed().getJsonObject(0);
        assertThat(shown).isEqualTo(json(made));
        assertThat(shown.getString("service")).isEqualTo("push.example.com");
        assertThat(shown.getString("user_agent")).isEqualTo("Firefox on Linux");
        assertThat(shown.getString("expires_at")).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(shown.encode()).doesNotContain("/send/a", TestBrowsers.SECRET, SimulatorAccount.VAPID_PUBLIC_KEY);

        String path = PATH + "/" + shown.getString("id");
        assertThat(TestUsers.delete(GATEWAY, path).statusCode()).isEqualTo(204);
        assertThat(TestUsers.delete(GATEWAY, path).statusCode()).isEqualTo(404);
        assertThat(listed()).isEmpty();
    }

    @Test
    void is_the_same_however_often_it_is_put() {
        String id = TestBrowsers.subscribe(GATEWAY, "ann", "a");

        HttpResponse<String> again = TestBrowsers.put(GATEWAY, "ann", TestBrowsers.subscription("a"));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).getString("id")).isEqualTo(id);
        assertThat(listed()).hasSize(1);
    }

    @Test
    void is_of_whoever_has_signed_in_last_under_another_id() {
        TestUsers.put(GATEWAY, "bob", new JsonObject().put("email", "bob@example.com"));
        String anns = TestBrowsers.subscribe(GATEWAY, "ann", "a");

        HttpResponse<String> bobs = TestBrowsers.put(GATEWAY, "bob", TestBrowsers.subscription("a"));

        assertThat(bobs.statusCode()).isEqualTo(201);
        assertThat(json(bobs).getString("id")).isNotEqualTo(anns);
        assertThat(listed()).isEmpty();
    }

    @Test
    void makes_room_by_ending_the_one_that_was_heard_of_the_longest_ago() {
        for (int i = 0; i < 20; i++) {
            TestBrowsers.subscribe(GATEWAY, "ann", "b" + i);
        }
        TestBrowsers.subscribe(GATEWAY, "ann", "b0");

        TestBrowsers.subscribe(GATEWAY, "ann", "new");

        assertThat(listed()).hasSize(20);
        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT string_agg(endpoint, ' ') FROM push_subscription WHERE endpoint ~ '/(b0|b1|new)$'"))
                .contains("/b0", "/new")
                .doesNotContain("/b1");
    }

    @ParameterizedTest
    @CsvSource({
        "http://push.example.com/a",
        "https://127.0.0.1/a",
        "https://localhost/a",
        "https://10.1.2.3/a",
        "https://169.254.169.254/a",
        "https://[::1]/a",
        "https://user:secret@push.example.com/a",
        "https://push.example.com/a#b",
        "ftp://push.example.com/a",
        "https://push.example.com/ä",
        "push.example.com",
    })
    void is_only_at_public_addresses_and_encrypted(String endpoint) {
        HttpResponse<String> answer =
                TestBrowsers.put(GATEWAY, "ann", TestBrowsers.subscription("a").put("endpoint", endpoint));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer)).containsExactly("/endpoint");
        assertThat(answer.body()).doesNotContain(endpoint);
    }

    @Test
    void is_told_everything_that_is_wrong_at_once() {
        HttpResponse<String> answer = TestBrowsers.put(
                GATEWAY,
                "ann",
                new JsonObject()
                        .put("expirationTime", "tomorrow")
                        .put(
                                "keys",
                                new JsonObject()
                                        // Not on the curve.
                                        .put("p256dh", SimulatorAccount.VAPID_PUBLIC_KEY.replaceFirst("BJ", "BK"))
                                        .put("auth", "short"))
                        .put("device", "mine"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer))
                .containsExactlyInAnyOrder("/endpoint", "/expirationTime", "/keys/p256dh", "/keys/auth", "/device");
    }

    @Test
    void is_of_a_user_that_there_is_and_of_no_other_account() {
        TestBrowsers.subscribe(GATEWAY, "ann", "a");
        String other = TestAccounts.add(GATEWAY, "other", "messages:read", "messages:write");

        assertThat(TestBrowsers.put(GATEWAY, "bob", TestBrowsers.subscription("a"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(GATEWAY.get(PATH, "Authorization", "Bearer " + other).statusCode())
                .isEqualTo(404);
    }

    @Test
    void is_made_with_the_key_of_the_provider_that_carries_it() {
        assertThat(GATEWAY.get("/v1/push/vapid-public-key").statusCode()).isEqualTo(404);
        GATEWAY.sql().execute("""
                INSERT INTO routing_table (content) VALUES ('{"v": 1, "accounts": [{"name": "webpush", "kind": "webpush",
                  "channels": ["web_push"], "senders": [], "limits": {"per_second": null, "concurrency": 4, "timeout_ms": 1000, "batch": 1},
                  "prices": {"currency": "", "default": null, "by_prefix": {}}, "push_key": "the-key"}],
                  "routes": [{"channel": "web_push", "prefix": "", "lanes": [], "policy": "ordered",
                              "providers": [{"name": "webpush", "weight": 1}]}],
                  "limits": {"recipient": null, "default_per_second": null, "per_second": {}}}')
                ON CONFLICT (is_the_only_row) DO UPDATE SET content = excluded.content""");

        HttpResponse<String> answer = await().atMost(Duration.ofSeconds(20))
                .until(() -> GATEWAY.get("/v1/push/vapid-public-key"), got -> got.statusCode() == 200);

        assertThat(json(answer)).isEqualTo(new JsonObject().put("public_key", "the-key"));
        GATEWAY.sql().execute("DELETE FROM routing_table");
    }

    @Test
    void may_be_on_this_machine_where_that_is_allowed() throws Exception {
        try (RunningGateway gateway =
                new RunningGateway(TestDatabase.fresh(), Map.of("HELIOGRAPH_PUSH_ALLOW", "127.0.0.0/8"))) {
            TestUsers.ann(gateway);

            List<Integer> statuses = List.of("http://127.0.0.1:8090/push/a", "http://10.1.2.3/push/a").stream()
                    .map(endpoint -> TestBrowsers.put(
                                    gateway,
                                    "ann",
                                    TestBrowsers.subscription("a").put("endpoint", endpoint))
                            .statusCode())
                    .toList();

            assertThat(statuses).containsExactly(201, 400);
        }
    }

    private static JsonArray listed() {
        return TestUsers.get(GATEWAY, PATH).getJsonArray("push_subscriptions");
    }
}
