package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When, how often and in which language an account's users are told. */
class AccountSettingsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final EventCalls CALLS = new EventCalls(GATEWAY);

    @Test
    void are_shown_as_they_were_set() {
        JsonObject set = new JsonObject()
                .put("locale", "hi-IN")
                .put("time_zone", "Asia/Kolkata")
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "21:00").put("to", "08:00"))
                                .add(new JsonObject()
                                        .put("country", "DE")
                                        .put("from", "22:00")
                                        .put("to", "07:30"))
                                .add(new JsonObject().put("category", "orders").put("off", true)))
                .put(
                        "caps",
                        new JsonArray()
                                .add(new JsonObject().put("daily", 5).put("monthly", 50))
                                .add(new JsonObject()
                                        .put("category", "marketing")
                                        .put("daily", 1)))
                .put(
                        "digests",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("type", "new_order_assigned")
                                        .put("window", "1h")))
                .put("promotional_hours", new JsonObject().put("IN", true).put("US", false))
                .put(
                        "code_limits",
                        new JsonObject()
                                .put("per_number_hour", 3)
                                .put("per_number_day", 8)
                                .put("per_prefix_hour", 50)
                                .put("per_client_ip_hour", 4)
                                .put("per_account_minute", 600))
                .put("inbox_days", 30)
                .put(
                        "retention",
                        new JsonObject()
                                .put("messages", 90)
                                .put("message_content", 30)
                                .put("callbacks", 7)
                                .put("inbound", 60)
                                .put("notifications", 30)
                                .put("events", 3)
                                .put("verifications", 2)
                                .put("idempotency", 1)
                                .put("appointments", 30));

        HttpResponse<String> changed = CALLS.patch(set);

        assertThat(json(changed)).isEqualTo(set);
        assertThat(json(GATEWAY.get("/v1/account/settings"))).isEqualTo(set);
    }

    @Test
    void keep_what_a_change_leaves_out_and_forget_what_is_null() {
        CALLS.settings(new JsonObject().put("locale", "hi").put("time_zone", "Asia/Kolkata"));

        JsonObject changed = json(CALLS.patch(new JsonObject().putNull("locale")));

        assertThat(changed.getString("locale")).isNull();
        assertThat(changed.getString("time_zone")).isEqualTo("Asia/Kolkata");
        assertThat(changed.getJsonObject("promotional_hours"))
                .isEqualTo(new JsonObject().put("IN", true).put("US", true));
    }

    @Test
    void are_refused_with_everything_that_is_wrong_and_changed_in_nothing() {
        CALLS.settings(new JsonObject().put("locale", "hi"));

        HttpResponse<String> answer = CALLS.patch(new JsonObject("""
            {"locale": "!", "time_zone": "Mars/Base", "colour": "red",
             "quiet_hours": [{"from": "21:00", "to": "21:00"}, {"from": "25:00", "to": "08:00"}, {"from": "22:00"},
                             {"category": "cats", "country": "XX", "from": "1:00", "to": "08:00"},
                             {"off": true, "from": "21:00"}, 7],
             "caps": [{}, {"daily": 0}, {"category": "orders", "daily": 3}, {"category": "orders", "daily": 4}],
             "digests": [{"type": "order_eaten", "window": "1h"}, {"type": "payment_failed", "window": "1h"},
                         {"type": "order_created", "window": "1h"}, {"type": "new_order_assigned", "window": "1s"}],
             "promotional_hours": {"DE": true},
             "retention": {"messages": 29, "message_content": 3651, "inbound": "7d", "consents": 30, "cats": 9}}"""));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(EventCalls.pointers(answer))
                .contains(
                        "/locale",
                        "/time_zone",
                        "/colour",
                        "/quiet_hours/0/to",
                        "/quiet_hours/1/from",
                        "/quiet_hours/2/to",
                        "/quiet_hours/3/category",
                        "/quiet_hours/3/country",
                        "/quiet_hours/3/from",
                        "/quiet_hours/4/from",
                        "/quiet_hours/5",
                        "/caps/0/daily",
                        "/caps/1/daily",
                        "/caps/3/category",
                        "/digests/0/type",
                        "/digests/1/type",
                        "/digests/2/type",
                        "/digests/3/window",
                        "/promotional_hours/DE",
                        "/retention/messages",
                        "/retention/message_content",
                        "/retention/inbound",
                        "/retention/consents",
                        "/retention/cats");
        assertThat(json(GATEWAY.get("/v1/account/settings")).getString("locale"))
                .isEqualTo("hi");
    }

    @Test
    void say_for_how_long_what_is_kept_and_by_whose_word() {
        CALLS.settings(new JsonObject()
                .put("retention", new JsonObject().put("messages", 40).put("idempotency", 2)));

        JsonObject kept = json(GATEWAY.get("/v1/account/retention")).getJsonObject("retention");

        assertThat(kept.getJsonObject("messages"))
                .isEqualTo(new JsonObject()
                        .put("days", 40)
                        .put("set_by", "account")
                        .put("days_min", 30)
                        .put("days_max", 3650));
        // No longer than the messages that it is in.
        assertThat(kept.getJsonObject("message_content").getMap())
                .containsEntry("days", 40)
                .containsEntry("set_by", "operator");
        assertThat(kept.getJsonObject("events").getInteger("days")).isEqualTo(7);
        assertThat(kept.getJsonObject("idempotency").getInteger("days")).isEqualTo(2);

        assertThat(CALLS.settings(new JsonObject()).getJsonObject("retention")).isEqualTo(new JsonObject());
        assertThat(json(GATEWAY.get("/v1/account/retention"))
                        .getJsonObject("retention")
                        .getJsonObject("messages")
                        .getInteger("days"))
                .isEqualTo(3650);
    }

    @Test
    void are_for_whoever_runs_the_account() {
        String bearer = "Bearer " + TestAccounts.add(GATEWAY, "telling", "messages:read", "messages:write");

        assertThat(GATEWAY.get("/v1/account/settings", "Authorization", bearer).statusCode())
                .isEqualTo(403);
        assertThat(GATEWAY.get("/v1/account/retention", "Authorization", bearer).statusCode())
                .isEqualTo(403);
    }

    @Test
    void speak_to_users_of_whom_no_language_is_known() {
        CALLS.settings(new JsonObject().put("locale", "hi"));
        CALLS.user("ann", new JsonObject().put("email", "ann@example.com"));

        JsonObject email = CALLS.told(
                "email",
                EventCalls.event(
                        "order_created",
                        "ann",
                        new JsonObject().put("order_id", "A17").put("amount", "₹9")));

        assertThat(CALLS.message(email).getString("text")).contains("धन्यवाद");
    }

    @Test
    void come_to_other_gateways_too() throws Exception {
        DatabaseUrl url = TestDatabase.fresh();
        JsonObject order = new JsonObject().put("order_id", "A17").put("amount", "₹9");
        try (RunningGateway here = new RunningGateway(url);
                RunningGateway there = new RunningGateway(url)) {
            new EventCalls(here).user("ann", new JsonObject().put("email", "ann@example.com"));
            JsonObject capped = new JsonObject().put("caps", new JsonArray().add(new JsonObject().put("daily", 1)));
            new EventCalls(here).settings(capped);
            new EventCalls(here).accepted(EventCalls.event("order_created", "ann", order));

            await().until(() -> new EventCalls(there)
                    .told("email", EventCalls.event("order_created", "ann", order))
                    .equals(EventCalls.skipped("capped")));
        }
    }
}
