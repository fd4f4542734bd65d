package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of messages: filtered, and page by page. */
class ListingMessagesTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void filters_by_status() {
        String queued = accept(hello());
        String canceled = accept(hello());
        gateway.post("/v1/messages/" + canceled + "/cancel", "");

        assertThat(list("status=queued")).containsExactly(queued);
        assertThat(list("status=canceled")).containsExactly(canceled);
        assertThat(list("status=delivered")).isEmpty();
    }

    @Test
    void filters_by_recipient_in_any_usual_writing() {
        String wanted = accept(hello());
        accept(hello().put("to", "+15005550011"));

        assertThat(list("to=%2B15005550010")).containsExactly(wanted);
        assertThat(list("to=+15005550010")).containsExactly(wanted);
        assertThat(list("to=(500)%20555-0010")).containsExactly(wanted);
        assertThat(list("to=%2B15005550099")).isEmpty();
    }

    @Test
    void filters_by_reference() {
        String wanted = accept(hello().put("reference", "table 7"));
        accept(hello().put("reference", "table 70"));
        accept(hello());

        assertThat(list("reference=table%207")).containsExactly(wanted);
    }

    @Test
    void filters_by_the_providers_id_of_any_attempt() {
        String wanted = accept(hello());
        accept(hello());
        addAttempt(wanted, 1, "SM-first", "unknown");
        addAttempt(wanted, 2, "SM-second", "accepted");

        assertThat(list("provider_message_id=SM-first")).containsExactly(wanted);
        assertThat(list("provider_message_id=SM-second")).containsExactly(wanted);
        assertThat(list("provider_message_id=SM-third")).isEmpty();
    }

    @Test
    void filters_by_time() {
        String early = accept(hello());
        String late = accept(hello());
        String between =
                "to_timestamp((('x' || left(replace('" + late + "', '-', ''), 12))::bit(48)::bigint) / 1000.0)";
        String time = gateway.sql()
                .text("SELECT to_char(" + between + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')");

        assertThat(list("created_after=" + time)).contains(late);
        assertThat(list("created_before=" + time)).doesNotContain(late);
        assertThat(list("created_after=2000-01-01T00:00:00Z&created_before=2999-01-01T00:00:00Z"))
                .containsExactly(late, early);
        assertThat(list("created_after=2999-01-01T00:00:00%2B05:30")).isEmpty();
        assertThat(list("created_before=1900-01-01T00:00:00Z")).isEmpty();
        assertThat(list("created_after=%2B999999999-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void adds_filters_up() {
        String wanted = accept(hello().put("reference", "r"));
        accept(hello().put("reference", "r").put("to", "+15005550011"));
        accept(hello());
        addAttempt(wanted, 1, "SM-1", "accepted");

        assertThat(list("reference=r&to=%2B15005550010&status=queued")).containsExactly(wanted);
        assertThat(list("provider_message_id=SM-1&reference=r&to=%2B15005550010"))
                .containsExactly(wanted);
        assertThat(list("provider_message_id=SM-1&to=%2B15005550011")).isEmpty();
        assertThat(list("provider_message_id=SM-1&reference=other")).isEmpty();
        assertThat(list("reference=r&to=%2B15005550010&status=sent")).isEmpty();
    }

    @Test
    void pages_through_all_newest_first_without_gaps_or_repeats_while_new_ones_come_in() {
        JsonArray messages = new JsonArray();
        for (int i = 0; i < 25; i++) {
            messages.add(hello());
        }
        gateway.post("/v1/messages/batch", new JsonObject().put("messages", messages));
        List<String> all = list("limit=200");

        List<String> paged = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            JsonObject page = json(gateway.get("/v1/messages?limit=10" + (cursor == null ? "" : "&cursor=" + cursor)));
            paged.addAll(ids(page));
            cursor = page.getString("next_cursor");
            pages++;
            accept(hello());
        } while (cursor != null);

        assertThat(paged).containsExactlyElementsOf(all).hasSize(25);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void stays_within_the_time_filter_on_every_page() {
        accept(hello());
        String second = accept(hello());
        JsonObject page = json(gateway.get("/v1/messages?limit=1&created_before=2999-01-01T00:00:00Z"));

        assertThat(ids(page)).containsExactly(second);
        assertThat(list("created_before=1999-01-01T00:00:00Z&cursor=" + page.getString("next_cursor")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour=red | colour unknown_parameter",
                "status=gone | status not_allowed",
                "to=nobody | to invalid_recipient",
                "limit=0 | limit not_allowed",
                "limit=201 | limit not_allowed",
                "limit=ten | limit not_allowed",
                "created_after=yesterday | created_after invalid_time",
                "created_before=2026-12-01 | created_before invalid_time",
                "cursor=x | cursor invalid_cursor",
                "reference=%00 | reference invalid_text",
                "status=queued&status=sent | status repeated_parameter",
                "limit=x&cursor=x&what=1 | cursor invalid_cursor, limit not_allowed, what unknown_parameter"
            })
    void refuses_a_query_with_all_its_mistakes(String query, String mistakes) {
        HttpResponse<String> response = gateway.get("/v1/messages?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(String.join(
                        ", ",
                        json(response).getJsonArray("errors").stream()
                                .map(JsonObject.class::cast)
                                .map(mistake -> mistake.getString("parameter") + " " + mistake.getString("code"))
                                .sorted()
                                .toList()))
                .isEqualTo(mistakes);
    }

    /** Attempt n began n seconds after the message was accepted, and took half a second. */
    private static void addAttempt(String id, int n, @Nullable String providerMessageId, String outcome) {
        gateway.sql()
                .execute(
                        "INSERT INTO attempt (message_id, n, provider, provider_message_id, outcome, started_at, finished_at)"
                                + " SELECT id, " + n + ", 'twilio', "
                                + (providerMessageId == null ? "NULL" : "'" + providerMessageId + "'") + ", '" + outcome
                                + "', created_at + interval '" + n + " seconds', created_at + interval '" + n
                                + ".5 seconds'"
                                + " FROM message WHERE id = '" + id + "'");
    }

    private static JsonObject hello() {
        return new JsonObject().put("to", "+15005550010").put("text", "Hello");
    }

    private static String accept(JsonObject message) {
        HttpResponse<String> response = gateway.post("/v1/messages", message);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json(response).getString("id");
    }

    private static List<String> list(String query) {
        HttpResponse<String> response = gateway.get("/v1/messages?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ids(json(response));
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("messages").stream()
                .map(message -> ((JsonObject) message).getString("id"))
                .toList();
    }
}
