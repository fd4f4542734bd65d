package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was sent to the callback that a message brought with it. */
class MessageDeliveriesTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private String message;

    @BeforeEach
    void accept() {
        message = TestMessages.queued(gateway);
    }

    @Test
    void tries_are_listed_newest_first_with_their_events_and_none_of_others() {
        String first = message;
        gateway.sql()
                .execute("INSERT INTO event (id, account_id, type, occurred_at, message_id)"
                        + " SELECT uuid_v7_now(), account_id, 'message.sent', now(), id FROM message");
        tried(1, 503);
        tried(2, 204);
        message = TestMessages.queued(gateway);
        tried(3, 204);
        message = first;

        JsonObject page = json(gateway.get(path()));

        assertThat(tries(page)).containsExactly(2, 1);
        JsonObject last = page.getJsonArray("deliveries").getJsonObject(0);
        assertThat(last.getInteger("status_code")).isEqualTo(204);
        assertThat(last.getBoolean("succeeded")).isTrue();
        assertThat(last.getJsonObject("event").getString("type")).isEqualTo("message.sent");
        assertThat(last.getJsonObject("event").getString("message_id")).isEqualTo(message);
        assertThat(page.getString("next_cursor")).isNull();
    }

    @Test
    void tries_come_each_once_a_page_at_a_time() {
        for (int n = 1; n <= 7; n++) {
            tried(n, 500);
        }

        List<Integer> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = json(gateway.get(path() + "?limit=3" + cursor));
            found.addAll(tries(page));
            cursor = page.getString("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        }

        assertThat(found).containsExactly(7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void a_message_of_which_nothing_was_told_has_none() {
        assertThat(json(gateway.get(path())).getJsonArray("deliveries")).isEmpty();
    }

    @Test
    void nobody_sees_those_of_a_message_that_is_not_theirs_or_deleted() {
        tried(1, 204);
        gateway.sql().execute("UPDATE message SET deleted_at = now()");

        assertThat(gateway.get(path()).statusCode()).isEqualTo(404);
        assertThat(gateway.get("/v1/messages/x/deliveries").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/v1/messages/" + new UUID(7, 7) + "/deliveries").statusCode())
                .isEqualTo(404);
    }

    @Test
    void all_that_is_wrong_with_the_query_is_told_at_once() {
        assertThat(json(gateway.get(path() + "?cursor=7&limit=0&what=1")).getJsonArray("errors"))
                .hasSize(3);
    }

    private String path() {
        return "/v1/messages/" + message + "/deliveries";
    }

    private static List<Integer> tries(JsonObject page) {
        return page.getJsonArray("deliveries").stream()
                .map(one -> ((JsonObject) one).getInteger("try"))
                .toList();
    }

    private void tried(int n, int statusCode) {
        gateway.sql()
                .execute(
                        "INSERT INTO webhook_try (delivery_id, n, account_id, event_id, message_id, tried_at, duration_ms, status_code)"
                                + " SELECT uuid_v7_now(), " + n + ", m.account_id, coalesce(e.id, uuid_v7_now()), m.id,"
                                + " now() + interval '1 second' * " + n + ", 12, " + statusCode
                                + " FROM message m LEFT JOIN event e ON e.message_id = m.id WHERE m.id = '" + message
                                + "'");
    }
}
