package io.heliograph.gateway;

import static io.heliograph.gateway.EventCalls.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several of a kind become one message. */
class DigestsTest {
    private static final DatabaseUrl DATABASE = TestDatabase.fresh();
    private static final TestClock CLOCK = new TestClock("2040-01-10T12:00:00Z");

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(DATABASE, Map.of(), CLOCK);

    private static final EventCalls CALLS = new EventCalls(GATEWAY);
    private static final JsonObject HELD =
            new JsonObject().put("status", "held").put("reason", "digest");

    @BeforeEach
    void hour_by_hour() {
        CALLS.settings(digests());
        CALLS.user("ann", new JsonObject().put("email", "ann@example.com"));
        CALLS.user("bob", new JsonObject().put("email", "bob@example.com"));
    }

    @Test
    void tells_of_all_that_came_within_the_window_of_the_first() {
        String first = held("ann", "A1");
        CLOCK.advance(Duration.ofMinutes(40));
        String second = held("ann", "A2");
        String others = held("bob", "B1");
        CLOCK.advance(Duration.ofMinutes(19));
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isZero();

        CLOCK.advance(Duration.ofMinutes(1));

        JsonObject email = released(first);
        assertThat(CALLS.message(email).getString("text")).isEqualTo("2 new orders for you: A1 A2");
        assertThat(email.getString("message_status")).isEqualTo("queued");
        assertThat(released(second).getString("message_id")).isEqualTo(email.getString("message_id"));
        assertThat(outcome(others)).isEqualTo(HELD);
        CLOCK.advance(Duration.ofMinutes(40));
        assertThat(CALLS.message(released(others)).getString("text")).isEqualTo("New order B1 for you: pickup noon.");
    }

    @Test
    void begins_anew_after_one_went() {
        String first = held("ann", "A1");
        CLOCK.advance(Duration.ofHours(1));
        JsonObject _ = released(first);

        assertThat(outcome(held("ann", "A2"))).isEqualTo(HELD);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void goes_at_once_when_it_is_full() {
        JsonArray events = new JsonArray();
        for (int i = 0; i < 60; i++) {
            events.add(assigned("ann", "A" + i));
        }
        JsonObject answer =
                RunningGateway.json(GATEWAY.post("/v1/events/batch", new JsonObject().put("events", events)));

        assertThat(answer.getInteger("accepted")).isEqualTo(60);
        await().until(() -> GATEWAY.sql().count("SELECT count(*) FROM digest") == 0);
        assertThat(GATEWAY.sql().text("SELECT string_agg(left(body, 2), ' ' ORDER BY body DESC) FROM message"))
                .isEqualTo("50 10");
    }

    @Test
    void releases_each_once_however_many_gateways_there_are() throws Exception {
        try (RunningGateway other = new RunningGateway(DATABASE, Map.of(), CLOCK)) {
            new EventCalls(other).settings(digests());
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                CALLS.user("u" + i, new JsonObject().put("email", "u" + i + "@example.com"));
                ids.add(held("u" + i, "A"));
                ids.add(held("u" + i, "B"));
            }

            CLOCK.advance(Duration.ofHours(1));

            ids.forEach(DigestsTest::released);
            assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isEqualTo(30);
            assertThat(GATEWAY.sql().count("SELECT count(DISTINCT recipient) FROM message"))
                    .isEqualTo(30);
            assertThat(GATEWAY.sql().count("SELECT count(*) FROM digest_item")).isZero();
        }
    }

    @Test
    void leaves_to_another_what_somebody_took_and_died_with() throws Exception {
        String ofAnn = held("ann", "A1");
        String ofBob = held("bob", "B1");
        try (Connection died = TestDatabase.connect(DATABASE);
                Statement taken = died.createStatement()) {
            died.setAutoCommit(false);
            boolean _ = taken.execute("SELECT FROM digest WHERE user_id = 'ann' FOR UPDATE");

            CLOCK.advance(Duration.ofHours(1));

            assertThat(released(ofBob).getString("status")).isEqualTo("accepted");
            assertThat(outcome(ofAnn)).isEqualTo(HELD);
            died.rollback();
        }
        assertThat(released(ofAnn).getString("status")).isEqualTo("accepted");
    }

    @Test
    void asks_again_whether_the_user_wants_it_and_whether_they_are_still_there() {
        String ofAnn = held("ann", "A1");
        String ofBob = held("bob", "B1");
        GATEWAY.sql()
                .execute("INSERT INTO preference (account_id, user_id, category, channel, enabled, changed_at)"
                        + " SELECT id, 'ann', 'partners', 'email', false, now() FROM account WHERE name = 'default';"
                        + " DELETE FROM app_user WHERE id = 'bob'");

        CLOCK.advance(Duration.ofHours(1));

        assertThat(released(ofAnn)).isEqualTo(EventCalls.skipped("disabled_by_user"));
        assertThat(released(ofBob)).isEqualTo(EventCalls.skipped("unknown_user"));
    }

    @Test
    void holds_an_event_once_under_its_key() {
        JsonObject event = assigned("ann", "A1").put("idempotency_key", "k");
        String id = CALLS.accepted(event).getString("id");
        CALLS.accepted(event);

        CLOCK.advance(Duration.ofHours(1));

        assertThat(CALLS.message(released(id)).getString("text")).isEqualTo("New order A1 for you: pickup noon.");
    }

    private static JsonObject digests() {
        return new JsonObject()
                .put(
                        "digests",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("type", "new_order_assigned")
                                        .put("window", "1h")));
    }

    private static JsonObject assigned(String user, String order) {
        return event(
                "new_order_assigned",
                user,
                new JsonObject().put("order_id", order).put("pickup_time", "noon"));
    }

    private static String held(String user, String order) {
        JsonObject told = CALLS.accepted(assigned(user, order));
        assertThat(told.getJsonObject("channels").getJsonObject("email")).isEqualTo(HELD);
        return told.getString("id");
    }

    private static JsonObject outcome(String notification) {
        return CALLS.notification(notification).getJsonObject("channels").getJsonObject("email");
    }

    /** By a loop of the gateway. */
    private static JsonObject released(String notification) {
        await().until(() -> !outcome(notification).equals(HELD));
        return outcome(notification);
    }
}
