package io.heliograph.gateway;

import static io.heliograph.gateway.EventCalls.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody is woken by what can wait; nothing that waits is lost. */
class SendingInTimeTest {
    private static final TestClock CLOCK = new TestClock("2040-01-10T18:00:00Z");

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private static final EventCalls CALLS = new EventCalls(GATEWAY);
    private static final JsonObject ORDER =
            new JsonObject().put("order_id", "A17").put("amount", "₹250");
    private static final JsonObject OFFER =
            new JsonObject().put("offer", "Half price").put("valid_until", "Sunday");
    private static final String NUMBER_IN_INDIA = "+919876543210";
    private static final String NUMBER_IN_NEW_YORK = "+12125550123";

    @BeforeEach
    void nights_are_quiet() {
        CALLS.settings(quiet(new JsonObject().put("from", "21:00").put("to", "08:00")));
    }

    @Test
    void defers_until_the_morning_where_the_user_says_they_are() {
        CALLS.user("maya", new JsonObject().put("email", "maya@example.com").put("time_zone", "Asia/Kathmandu"));
        CLOCK.set("2040-01-10T23:30:00+05:45");

        JsonObject told = CALLS.told("email", event("order_created", "maya", ORDER));

        assertThat(told.getString("status")).isEqualTo("deferred");
        assertThat(told.getString("reason")).isEqualTo("quiet_hours");
        assertThat(told.getString("send_at")).startsWith("2040-01-11T02:15:00");
        JsonObject message = CALLS.message(told);
        assertThat(message.getString("status")).isEqualTo("scheduled");
        assertThat(message.getString("expires_at")).startsWith("2040-01-14T02:15:00");
        assertThat(GATEWAY.sql().text("SELECT due_at AT TIME ZONE 'UTC' FROM outbox"))
                .startsWith("2040-01-11 02:15:00");
    }

    @Test
    void finds_where_a_number_is_from_when_nobody_says() {
        CALLS.user("ravi", new JsonObject().put("phone", NUMBER_IN_INDIA), "orders");
        CLOCK.set("2040-01-10T20:59:59+05:30");
        JsonObject evening = CALLS.told("sms", event("order_created", "ravi", ORDER));
        CLOCK.set("2040-01-10T21:00:00+05:30");
        JsonObject night = CALLS.told("sms", event("order_created", "ravi", ORDER));

        assertThat(evening.getString("status")).isEqualTo("accepted");
        assertThat(night.getString("send_at")).startsWith("2040-01-11T02:30:00");
    }

    @Test
    void takes_the_zone_of_the_account_for_users_without_any() {
        CALLS.settings(
                quiet(new JsonObject().put("from", "21:00").put("to", "08:00")).put("time_zone", "Europe/Berlin"));
        CALLS.user("lea", new JsonObject().put("email", "lea@example.com"));
        CLOCK.set("2040-07-10T23:00:00+02:00");

        assertThat(CALLS.told("email", event("order_created", "lea", ORDER)).getString("send_at"))
                .startsWith("2040-07-11T06:00:00");
    }

    @Test
    void lets_what_is_critical_pass() {
        CALLS.user("ravi", new JsonObject().put("phone", NUMBER_IN_INDIA));
        CLOCK.set("2040-01-10T03:00:00+05:30");

        assertThat(CALLS.told("sms", event("payment_failed", "ravi", ORDER)).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void goes_by_the_rule_that_says_most() {
        CALLS.settings(quiet(
                new JsonObject().put("from", "21:00").put("to", "08:00"),
                new JsonObject().put("country", "IN").put("from", "20:00").put("to", "09:00"),
                new JsonObject().put("category", "partners").put("off", true)));
        CALLS.user("ravi", new JsonObject().put("phone", NUMBER_IN_INDIA), "orders", "partners");
        CLOCK.set("2040-01-10T20:30:00+05:30");

        assertThat(CALLS.told("sms", event("order_created", "ravi", ORDER)).getString("send_at"))
                .startsWith("2040-01-11T03:30:00");
        assertThat(CALLS.told(
                                "sms",
                                event(
                                        "new_order_assigned",
                                        "ravi",
                                        new JsonObject().put("order_id", "A1").put("pickup_time", "noon")))
                        .getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void sends_promotions_to_india_from_ten_to_nine_whatever_the_user_says() {
        CALLS.settings(new JsonObject());
        CALLS.user("ravi", new JsonObject().put("phone", NUMBER_IN_INDIA).put("time_zone", "UTC"), "marketing");
        CLOCK.set("2040-01-10T09:59:00+05:30");
        JsonObject early = CALLS.told("sms", event("promo_offer", "ravi", OFFER));
        CLOCK.set("2040-01-10T10:00:00+05:30");
        JsonObject open = CALLS.told("sms", event("promo_offer", "ravi", OFFER));
        CLOCK.set("2040-01-10T21:00:00+05:30");
        JsonObject late = CALLS.told("sms", event("promo_offer", "ravi", OFFER));

        assertThat(early.getString("send_at")).startsWith("2040-01-10T04:30:00");
        assertThat(early.getString("reason")).isEqualTo("promotional_hours");
        assertThat(open.getString("status")).isEqualTo("accepted");
        assertThat(late.getString("send_at")).startsWith("2040-01-11T04:30:00");
    }

    @Test
    void sends_promotions_to_the_usa_from_eight_to_nine_of_the_recipients_time() {
        CALLS.settings(new JsonObject());
        CALLS.user("joe", new JsonObject().put("phone", NUMBER_IN_NEW_YORK), "marketing");
        CALLS.user(
                "jim",
                new JsonObject().put("phone", NUMBER_IN_NEW_YORK).put("time_zone", "America/Los_Angeles"),
                "marketing");
        CLOCK.set("2040-01-10T07:30:00-05:00");

        assertThat(CALLS.told("sms", event("promo_offer", "joe", OFFER)).getString("send_at"))
                .startsWith("2040-01-10T13:00:00");
        assertThat(CALLS.told("sms", event("promo_offer", "jim", OFFER)).getString("send_at"))
                .startsWith("2040-01-10T16:00:00");
        CALLS.settings(new JsonObject().put("promotional_hours", new JsonObject().put("US", false)));
        assertThat(CALLS.told("sms", event("promo_offer", "joe", OFFER)).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void says_so_when_no_hour_of_the_day_is_left() {
        CALLS.settings(quiet(new JsonObject().put("from", "08:00").put("to", "22:00")));
        CALLS.user("ravi", new JsonObject().put("phone", NUMBER_IN_INDIA), "marketing");
        CLOCK.set("2040-01-10T12:00:00+05:30");

        assertThat(CALLS.told("sms", event("promo_offer", "ravi", OFFER))).isEqualTo(EventCalls.skipped("quiet_hours"));
    }

    private static JsonObject quiet(JsonObject... rules) {
        JsonArray array = new JsonArray();
        for (JsonObject rule : rules) {
            array.add(rule);
        }
        return new JsonObject().put("quiet_hours", array);
    }
}
