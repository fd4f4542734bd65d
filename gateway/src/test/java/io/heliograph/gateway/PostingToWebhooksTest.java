package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A type that lists webhook is told to the account's own systems, by the endpoints that they have. */
class PostingToWebhooksTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final String PROMISED = "SELECT count(*) FROM webhook_delivery WHERE event_id = '";

    private final EventCalls calls = new EventCalls(GATEWAY);

    @BeforeEach
    void ann() {
        calls.settings(new JsonObject());
        TestUsers.ann(GATEWAY);
    }

    @Test
    void has_no_address_where_no_endpoint_listens() {
        endpoint("message.delivered");

        assertThat(TestUsers.told(GATEWAY, "payment_completed", "webhook")).isEqualTo("no_address");
        assertThat(events()).isZero();
    }

    @Test
    void is_an_event_that_is_promised_to_every_endpoint_that_listens() {
        endpoint();
        endpoint("notification.posted");
        endpoint("message.delivered");

        JsonObject told = TestUsers.event(GATEWAY, "payment_completed");

        JsonObject outcome = told.getJsonObject("channels").getJsonObject("webhook");
        assertThat(outcome.getString("status")).isEqualTo("accepted");
        String id = outcome.getString("event_id");
        assertThat(GATEWAY.sql().count(PROMISED + id + "'")).isEqualTo(2);
        JsonObject event = listed();
        assertThat(event.getString("id")).isEqualTo(id);
        assertThat(event.getJsonObject("data"))
                .isEqualTo(new JsonObject()
                        .put("id", told.getString("id"))
                        .put("type", "payment_completed")
                        .put("category", "payments")
                        .put("priority", "critical")
                        .put("user", "ann")
                        .put("created_at", event.getJsonObject("data").getString("created_at"))
                        .put("title", "Payment for order A17 received")
                        .put("text", event.getJsonObject("data").getString("text"))
                        .put("data", new JsonObject().put("order_id", "A17").put("amount", "₹250")));
        assertThat(calls.notification(told.getString("id"))
                        .getJsonObject("channels")
                        .getJsonObject("webhook"))
                .isEqualTo(outcome);
    }

    @Test
    void needs_no_template() {
        endpoint();
        HttpResponse<String> made = TestUsers.send(
                GATEWAY,
                "PUT",
                "/v1/notification-types/door_opened",
                new JsonObject()
                        .put("category", "doors")
                        .put("priority", "regular")
                        .put("channels", new JsonArray().add("webhook"))
                        .put("variables", new JsonObject().put("door", "text")));
        assertThat(made.statusCode()).as(made.body()).isBetween(200, 201);

        JsonObject outcome =
                calls.told("webhook", EventCalls.event("door_opened", "ann", new JsonObject().put("door", "7")));

        assertThat(outcome.getString("status")).isEqualTo("accepted");
        JsonObject data = listed().getJsonObject("data");
        assertThat(data.getJsonObject("data")).isEqualTo(new JsonObject().put("door", "7"));
        assertThat(data.fieldNames()).doesNotContain("title", "text");
    }

    @Test
    void is_posted_once_under_its_key() {
        endpoint();
        JsonObject event = EventCalls.event(
                        "payment_completed",
                        "ann",
                        new JsonObject().put("order_id", "A17").put("amount", "₹250"))
                .put("idempotency_key", "paid-A17");

        JsonObject first = calls.accepted(event);
        JsonObject again = calls.accepted(event);

        assertThat(again).isEqualTo(first);
        assertThat(events()).isOne();
    }

    @Test
    void heeds_switches_and_neither_quiet_hours_nor_caps_nor_digests() {
        endpoint();
        calls.settings(new JsonObject()
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "00:00").put("to", "23:59")))
                .put("caps", new JsonArray().add(new JsonObject().put("daily", 1)))
                .put(
                        "digests",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("type", "new_order_assigned")
                                        .put("window", "1h"))));
        JsonObject assigned = EventCalls.event(
                "new_order_assigned",
                "ann",
                new JsonObject().put("order_id", "A17").put("pickup_time", "noon"));

        for (int i = 0; i < 3; i++) {
            assertThat(calls.told("webhook", assigned).getString("status")).isEqualTo("accepted");
        }
        TestUsers.send(
                GATEWAY,
                "PATCH",
                "/v1/users/ann/preferences",
                new JsonObject()
                        .put("preferences", new JsonObject().put("partners", new JsonObject().put("webhook", false))));

        assertThat(calls.told("webhook", assigned).getString("reason")).isEqualTo("disabled_by_user");
        assertThat(events()).isEqualTo(3);
    }

    private static void endpoint(String... types) {
        JsonObject endpoint = new JsonObject().put("url", "https://app.example.com/hooks");
        if (types.length > 0) {
            endpoint.put("event_types", new JsonArray(List.of(types)));
        }
        assertThat(GATEWAY.post("/v1/webhook-endpoints", endpoint).statusCode()).isEqualTo(201);
    }

    private static long events() {
        return GATEWAY.sql().count("SELECT count(*) FROM event WHERE type = 'notification.posted'");
    }

    private static JsonObject listed() {
        return json(GATEWAY.get("/v1/events?types=notification.posted"))
                .getJsonArray("events")
                .getJsonObject(0);
    }
}
