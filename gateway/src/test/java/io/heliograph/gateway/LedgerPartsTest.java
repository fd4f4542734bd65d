package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proof day by day and batch by batch. */
class LedgerPartsTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void counts_each_day_by_itself() {
        post("one");
        String old = post("two");
        String canceled = post("three");
        gateway.post("/v1/messages/" + canceled + "/cancel", "");
        makeOlder(old, 2);

        JsonObject page = ledger("by=day&limit=3");

        JsonArray days = page.getJsonArray("days");
        assertThat(days.stream().map(day -> ((JsonObject) day).getString("day")))
                .containsExactly(dayBefore(0), dayBefore(1), dayBefore(2));
        assertBalance(days.getJsonObject(0), 2, 1, 1);
        assertThat(days.getJsonObject(0).getJsonObject("by_status").getInteger("canceled"))
                .isOne();
        assertBalance(days.getJsonObject(1), 0, 0, 0);
        assertBalance(days.getJsonObject(2), 1, 0, 1);
        assertThat(page.getString("next_cursor")).isNotNull();
    }

    @Test
    void goes_on_with_the_days_before() {
        List<String> days = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = ledger("by=day&limit=4&from=" + dayBefore(9) + "T12:00:00Z" + after(cursor));
            page.getJsonArray("days").forEach(day -> days.add(((JsonObject) day).getString("day")));
            cursor = page.getString("next_cursor");
        } while (cursor != null);

        assertThat(days)
                .hasSize(10)
                .startsWith(dayBefore(0))
                .endsWith(dayBefore(9))
                .doesNotHaveDuplicates();
    }

    @Test
    void counts_each_batch_by_itself_and_no_message_that_came_alone() {
        post("alone");
        String first = batch(3);
        String second = batch(2);
        gateway.sql()
                .execute(
                        "WITH gone AS (DELETE FROM outbox WHERE message_id IN (SELECT id FROM message WHERE batch_id = '"
                                + first
                                + "' LIMIT 1) RETURNING message_id) UPDATE message SET status = 'sent', settled_at = now()"
                                + " WHERE id IN (SELECT message_id FROM gone)");

        JsonArray batches = ledger("by=batch").getJsonArray("batches");

        assertThat(batches.stream().map(batch -> ((JsonObject) batch).getString("batch_id")))
                .containsExactly(second, first);
        assertBalance(batches.getJsonObject(0), 2, 0, 2);
        assertBalance(batches.getJsonObject(1), 3, 1, 2);
    }

    @Test
    void goes_on_with_the_batches_before() {
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stored.add(batch(1));
        }
        Collections.reverse(stored);
        List<String> listed = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = ledger("by=batch&limit=2" + after(cursor));
            page.getJsonArray("batches").forEach(batch -> listed.add(((JsonObject) batch).getString("batch_id")));
            cursor = page.getString("next_cursor");
        } while (cursor != null);

        assertThat(listed).isEqualTo(stored);
    }

    @Test
    void names_the_first_batch_when_it_comes_again_under_its_key() {
        JsonObject body = messages(2);

        JsonObject first = json(gateway.post("/v1/messages/batch", body, "Idempotency-Key", "batch-1"));
        JsonObject again = json(gateway.post("/v1/messages/batch", body, "Idempotency-Key", "batch-1"));

        assertThat(again).isEqualTo(first);
        String id = first.getJsonArray("items").getJsonObject(0).getString("id");
        assertThat(json(gateway.get("/v1/messages/" + id)).getString("batch_id"))
                .isEqualTo(first.getString("batch_id"));
    }

    @Test
    void shows_where_it_does_not_balance() {
        String batch = batch(2);
        gateway.sql().execute("DELETE FROM outbox WHERE message_id IN (SELECT id FROM message LIMIT 1)");

        for (JsonObject part : List.of(
                ledger("by=batch").getJsonArray("batches").getJsonObject(0),
                ledger("by=day").getJsonArray("days").getJsonObject(0))) {
            assertThat(part.getInteger("violations")).isOne();
            assertThat(part.getBoolean("balanced")).isFalse();
        }
        assertThat(batch).isNotNull();
    }

    @Test
    void counts_its_own_account_only() {
        String batch = batch(2);
        gateway.sql().execute("UPDATE message SET account_id = 0 WHERE batch_id = '" + batch + "'");

        assertThat(ledger("by=batch").getJsonArray("batches")).isEmpty();
        assertBalance(ledger("by=day").getJsonArray("days").getJsonObject(0), 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "by=week, not_allowed",
        "by=day&limit=32, not_allowed",
        "by=batch&limit=201, not_allowed",
        "by=day&from=yesterday, invalid_time",
        "by=day&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, not_allowed",
        "by=batch&from=2020-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, not_allowed",
        "by=day&from=-999999999-01-01T00:00:00Z&to=-999999999-01-01T00:00:00%2B18:00, not_allowed",
        "by=batch&cursor=2, invalid_cursor",
        "from=2026-01-02T00:00:00Z, missing",
        "by=day&of=me, unknown_parameter"
    })
    void refuses_what_it_cannot_answer(String query, String code) {
        var response = gateway.get("/v1/ledger?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"" + code + "\"");
    }

    private static void assertBalance(JsonObject part, int accepted, int settled, int outstanding) {
        assertThat(part.getInteger("accepted")).isEqualTo(accepted);
        assertThat(part.getInteger("settled")).isEqualTo(settled);
        assertThat(part.getInteger("promises_outstanding")).isEqualTo(outstanding);
        assertThat(part.getBoolean("balanced")).isTrue();
    }

    private static String dayBefore(int days) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(days).toString();
    }

    private static String after(@Nullable String cursor) {
        return cursor == null ? "" : "&cursor=" + cursor;
    }

    private static JsonObject ledger(String query) {
        return json(gateway.get("/v1/ledger?" + query));
    }

    private static String post(String text) {
        return json(gateway.post("/v1/messages", message(text))).getString("id");
    }

    private static String batch(int size) {
        return json(gateway.post("/v1/messages/batch", messages(size))).getString("batch_id");
    }

    private static JsonObject messages(int size) {
        JsonArray messages = new JsonArray();
        for (int i = 0; i < size; i++) {
            messages.add(message("of a batch"));
        }
        return new JsonObject().put("messages", messages);
    }

    private static JsonObject message(String text) {
        return new JsonObject().put("to", "+15005550010").put("text", text);
    }

    private static void makeOlder(String id, int days) {
        String older = "overlay(id::text placing left(uuid_v7_floor(now() - interval '" + days
                + " days')::text, 13) from 1)::uuid";
        gateway.sql()
                .execute("UPDATE outbox SET message_id = (SELECT " + older + " FROM message WHERE id = '" + id
                        + "') WHERE message_id = '" + id + "'; UPDATE message SET id = " + older + " WHERE id = '" + id
                        + "'");
    }
}
