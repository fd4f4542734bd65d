package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.PushPayload;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to a user is told in their browsers: by a message for each. */
class PushingEventsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private final EventCalls calls = new EventCalls(GATEWAY);

    @BeforeEach
    void ann() {
        calls.settings(new JsonObject());
        TestUsers.ann(GATEWAY);
    }

    @Test
    void goes_to_every_browser_of_the_user_by_a_message_of_its_own() {
        String first = TestBrowsers.subscribe(GATEWAY, "ann", "a");
        String second = TestBrowsers.subscribe(GATEWAY, "ann", "b");

        JsonObject told = TestUsers.event(GATEWAY, "payment_completed");

        JsonObject outcome = told.getJsonObject("channels").getJsonObject("web_push");
        assertThat(outcome.getString("status")).isEqualTo("accepted");
        JsonArray ids = outcome.getJsonArray("message_ids");
        assertThat(ids).hasSize(2);
        assertThat(outcome.getString("message_id")).isEqualTo(ids.getString(0));
        List<JsonObject> messages = ids.stream()
                .map(id -> TestUsers.get(GATEWAY, "/v1/messages/" + id))
                .toList();
        assertThat(messages).extracting(message -> message.getString("to")).containsExactly(first, second);
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.getString("channel")).isEqualTo("web_push");
            assertThat(message.getString("status")).isEqualTo("queued");
            assertThat(message.getString("lane")).isEqualTo("critical");
            assertThat(message.getString("subject")).isEqualTo("Payment for order A17 received");
            assertThat(message.getString("text")).isEqualTo("We have received ₹250 for order A17. Thank you!");
            assertThat(message.getInteger("segments")).isZero();
            assertThat(message.getString("on_unknown")).isEqualTo("resend");
        });
    }

    @Test
    void says_where_each_of_them_is_now() {
        TestBrowsers.subscribe(GATEWAY, "ann", "a");
        String gone = TestBrowsers.subscribe(GATEWAY, "ann", "b");
        JsonObject told = TestUsers.event(GATEWAY, "order_created");
        GATEWAY.sql()
                .execute("UPDATE message SET status = 'failed', reason = 'subscription_gone', settled_at = now()"
                        + " WHERE recipient = '" + gone + "'; DELETE FROM outbox o USING message m"
                        + " WHERE o.message_id = m.id AND m.status = 'failed'");

        JsonObject outcome = calls.notification(told.getString("id"))
                .getJsonObject("channels")
                .getJsonObject("web_push");

        assertThat(outcome.getString("message_status")).isEqualTo("queued");
        assertThat(outcome.getJsonArray("messages").stream()
                        .map(one -> ((JsonObject) one).getString("message_status") + " "
                                + ((JsonObject) one).getString("message_reason")))
                .containsExactly("queued null", "failed subscription_gone");
    }

    @Test
    void goes_nowhere_without_a_browser_that_has_not_expired() {
        assertThat(TestUsers.ordered(GATEWAY, "web_push")).isEqualTo("no_address");
        assertThat(TestBrowsers.put(
                                GATEWAY,
                                "ann",
                                TestBrowsers.subscription("a").put("expirationTime", 1_000_000_000_000L))
                        .statusCode())
                .isEqualTo(201);

        assertThat(TestUsers.ordered(GATEWAY, "web_push")).isEqualTo("no_address");
    }

    @Test
    void is_a_channel_like_others_for_switches_consents_caps_and_quiet_hours() {
        TestBrowsers.subscribe(GATEWAY, "ann", "a");
        assertThat(TestUsers.ordered(GATEWAY, "web_push")).isEqualTo("accepted");
        assertThat(calls.told("web_push", promotion()).getString("reason")).isEqualTo("not_consented");

        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        calls.settings(new JsonObject()
                .put("time_zone", "UTC")
                .put("caps", new JsonArray().add(new JsonObject().put("daily", 1)))
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put(
                                                "from",
                                                now.minusHours(1).toString().substring(0, 5))
                                        .put("to", now.plusHours(2).toString().substring(0, 5)))));
        TestUsers.put(GATEWAY, "ann", new JsonObject().put("time_zone", "UTC"));
        JsonObject quiet = calls.told("web_push", order());
        assertThat(quiet.getString("status") + " " + quiet.getString("reason")).isEqualTo("deferred quiet_hours");
        assertThat(calls.told("web_push", order()).getString("reason")).isEqualTo("capped");

        TestUsers.send(
                GATEWAY,
                "PATCH",
                "/v1/users/ann/preferences",
                new JsonObject()
                        .put("preferences", new JsonObject().put("orders", new JsonObject().put("web_push", false))));
        assertThat(TestUsers.ordered(GATEWAY, "web_push")).isEqualTo("disabled_by_user");
    }

    @Test
    void leads_where_the_event_says_and_nowhere_where_it_says_nothing() {
        TestBrowsers.subscribe(GATEWAY, "ann", "a");
        JsonObject data = new JsonObject().put("order_id", "A17");

        JsonObject without =
                calls.message(calls.told("web_push", EventCalls.event("order_out_for_delivery", "ann", data)));
        JsonObject with = calls.message(calls.told(
                "web_push",
                EventCalls.event(
                        "order_out_for_delivery", "ann", data.copy().put("tracking_url", "https://t.example/7"))));

        assertThat(without.getString("link")).isNull();
        assertThat(with.getString("link")).isEqualTo("https://t.example/7");
        assertThat(with.getString("text")).isEqualTo("Your order A17 is out for delivery.");
    }

    @Test
    void is_previewed_with_its_size_and_is_not_sent_when_that_is_too_large() {
        TestBrowsers.subscribe(GATEWAY, "ann", "a");
        JsonObject content = new JsonObject()
                .put("title", "{{order_id}}")
                .put("text", "{{amount}}")
                .put("link", "https://shop.example/orders");
        JsonObject small = preview(content, "A17");
        JsonObject large = preview(content, "न".repeat(700));

        assertThat(small.getString("link")).isEqualTo("https://shop.example/orders");
        assertThat(small.getInteger("payload_bytes")).isBetween(60, 200);
        assertThat(small.getInteger("payload_bytes_max")).isEqualTo(PushPayload.BYTES_MAX);
        assertThat(small.getJsonArray("warnings")).isEmpty();
        // 700 of these are within what a text may have, and 2,100 bytes.
        assertThat(large.getInteger("payload_bytes")).isGreaterThan(2_100);

        JsonObject longTitle = new JsonObject().put("order_id", "न".repeat(230)).put("amount", "न".repeat(680));
        JsonObject told = calls.told("web_push", EventCalls.event("order_created", "ann", longTitle));
        assertThat(told.getString("reason")).isEqualTo("text_too_long");
    }

    @Test
    void takes_no_link_that_could_lead_elsewhere() {
        for (String link : List.of("http://shop.example", "javascript:alert(1)", "https://{{order_id}}")) {
            HttpResponse<String> answer = GATEWAY.post(
                    "/v1/templates/preview",
                    asked(new JsonObject().put("title", "a").put("text", "b").put("link", link), "A17"));

            assertThat(answer.statusCode()).as(link).isEqualTo(400);
            assertThat(TestUsers.pointers(answer)).containsExactly("/content/link");
        }
        HttpResponse<String> email = GATEWAY.post(
                "/v1/templates/preview",
                asked(new JsonObject().put("title", "a").put("text", "b").put("link", "/"), "A17")
                        .put("channel", "email"));
        assertThat(TestUsers.pointers(email)).containsExactly("/content/link");
    }

    @Test
    void cannot_be_asked_for_without_an_event() {
        HttpResponse<String> answer = GATEWAY.post(
                "/v1/messages",
                new JsonObject().put("channel", "web_push").put("to", "a").put("text", "b"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer)).contains("/channel");
    }

    private static JsonObject preview(JsonObject content, String amount) {
        HttpResponse<String> answer = GATEWAY.post("/v1/templates/preview", asked(content, amount));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).getJsonArray("previews").getJsonObject(0);
    }

    private static JsonObject asked(JsonObject content, String amount) {
        return new JsonObject()
                .put("type", "order_created")
                .put("channel", "web_push")
                .put("content", content)
                .put("data", new JsonObject().put("order_id", "A17").put("amount", amount));
    }

    private static JsonObject order() {
        return EventCalls.event(
                "order_created", "ann", new JsonObject().put("order_id", "A17").put("amount", "₹250"));
    }

    private static JsonObject promotion() {
        return EventCalls.event(
                "promo_offer",
                "ann",
                new JsonObject().put("offer", "Half price").put("valid_until", "Friday"));
    }
}
