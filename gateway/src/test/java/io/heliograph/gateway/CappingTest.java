package io.heliograph.gateway;

import static io.heliograph.gateway.EventCalls.event;
import static io.heliograph.gateway.EventCalls.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody gets more than the account lets anybody have. */
class CappingTest {
    private static final DatabaseUrl DATABASE = TestDatabase.fresh();
    private static final TestClock CLOCK = new TestClock("2040-01-10T12:00:00Z");

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(DATABASE, Map.of(), CLOCK);

    private static final EventCalls CALLS = new EventCalls(GATEWAY);
    private static final JsonObject ORDER =
            new JsonObject().put("order_id", "A17").put("amount", "₹250");
    private static final JsonObject ASSIGNED =
            new JsonObject().put("order_id", "A17").put("pickup_time", "noon");

    @BeforeEach
    void ann() {
        CLOCK.set("2040-01-10T12:00:00Z");
        CALLS.user(
                "ann",
                new JsonObject()
                        .put("email", "ann@example.com")
                        .put("phone", "+14155550123")
                        .put("time_zone", "Asia/Tokyo"),
                "orders");
    }

    @Test
    void tells_so_many_a_day_of_the_users_own_and_counts_an_event_once_whatever_its_channels() {
        cap(new JsonObject().put("daily", 2));

        assertThat(email("order_created")).isEqualTo("accepted");
        assertThat(email("order_created")).isEqualTo("accepted");
        JsonObject third = CALLS.accepted(event("order_created", "ann", ORDER)).getJsonObject("channels");
        assertThat(third.getJsonObject("sms")).isEqualTo(skipped("capped"));
        assertThat(third.getJsonObject("email")).isEqualTo(skipped("capped"));
        // Midnight in Tokyo.
        CLOCK.set("2040-01-10T15:00:00Z");
        assertThat(email("order_created")).isEqualTo("accepted");
    }

    @Test
    void tells_so_many_a_month_and_of_one_category_without_the_others() {
        cap(new JsonObject().put("category", "orders").put("monthly", 1));

        assertThat(email("order_created")).isEqualTo("accepted");
        CLOCK.set("2040-01-31T14:59:00Z");
        assertThat(email("order_created")).isEqualTo("skipped");
        assertThat(CALLS.told("email", event("new_order_assigned", "ann", ASSIGNED))
                        .getString("status"))
                .isEqualTo("accepted");
        CLOCK.set("2040-01-31T15:00:00Z");
        assertThat(email("order_created")).isEqualTo("accepted");
    }

    @Test
    void neither_stops_nor_counts_what_is_critical() {
        cap(new JsonObject().put("daily", 1));

        assertThat(email("payment_failed")).isEqualTo("accepted");
        assertThat(email("order_created")).isEqualTo("accepted");
        assertThat(email("payment_failed")).isEqualTo("accepted");
        assertThat(GATEWAY.sql().count("SELECT told FROM cap_count")).isOne();
    }

    @Test
    void counts_once_what_is_told_twice_under_its_key() {
        cap(new JsonObject().put("daily", 2));
        JsonObject event = event("order_created", "ann", ORDER).put("idempotency_key", "k");

        CALLS.accepted(event);
        CALLS.accepted(event);

        assertThat(email("order_created")).isEqualTo("accepted");
        assertThat(email("order_created")).isEqualTo("skipped");
    }

    @Test
    void counts_nothing_that_went_to_nobody() {
        cap(new JsonObject().put("daily", 1));
        GATEWAY.sql()
                .execute(
                        "INSERT INTO suppression (account_id, channel, person, sender, changed_by)"
                                + " SELECT id, c, p, '', 'account' FROM account,"
                                + " (VALUES ('email', 'ann@example.com'), ('sms', '+14155550123')) AS s (c, p) WHERE name = 'default'");

        assertThat(email("order_created")).isEqualTo("skipped");
        assertThat(GATEWAY.sql().count("SELECT told FROM cap_count")).isZero();
    }

    @Test
    void counts_what_waits_on_the_day_on_which_it_goes() {
        CALLS.settings(new JsonObject()
                .put("caps", new JsonArray().add(new JsonObject().put("daily", 1)))
                .put(
                        "quiet_hours",
                        new JsonArray()
                                .add(new JsonObject().put("from", "21:00").put("to", "08:00"))));
        CLOCK.set("2040-01-10T23:00:00+09:00");

        assertThat(email("order_created")).isEqualTo("deferred");
        assertThat(GATEWAY.sql().text("SELECT starts_on FROM cap_count")).isEqualTo("2040-01-11");
    }

    @Test
    void is_exact_when_several_gateways_tell_at_once() throws Exception {
        try (RunningGateway other = new RunningGateway(DATABASE, Map.of(), CLOCK)) {
            cap(new JsonObject().put("daily", 10));
            new EventCalls(other)
                    .settings(new JsonObject().put("caps", new JsonArray().add(new JsonObject().put("daily", 10))));

            List<String> told = IntStream.range(0, 60)
                    .parallel()
                    .mapToObj(i -> new EventCalls(i % 2 == 0 ? GATEWAY : other)
                            .told("email", event("order_created", "ann", ORDER))
                            .getString("status"))
                    .toList();

            assertThat(told.stream().filter("accepted"::equals)).hasSize(10);
            assertThat(GATEWAY.sql().count("SELECT told FROM cap_count")).isEqualTo(10);
            assertThat(GATEWAY.sql().count("SELECT count(*) FROM message WHERE channel = 'email'"))
                    .isEqualTo(10);
        }
    }

    private static void cap(JsonObject cap) {
        JsonObject _ = CALLS.settings(new JsonObject().put("caps", new JsonArray().add(cap)));
    }

    private static String email(String type) {
        return CALLS.told("email", event(type, "ann", ORDER)).getString("status");
    }
}
