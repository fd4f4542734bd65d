package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static io.heliograph.gateway.TestDeadLetters.all;
import static io.heliograph.gateway.TestDeadLetters.ids;
import static io.heliograph.gateway.TestDeadLetters.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dead letters are sent anew as they were asked for, and once. */
class ReplayedDeadLettersTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private static final RunningGateway other = new RunningGateway(gateway.sql().url());

    private final TestDeadLetters letters = new TestDeadLetters(gateway);

    @AfterAll
    static void close() throws Exception {
        other.close();
    }

    @Test
    void are_sent_anew_as_they_were_asked_for() {
        String id = letters.accepted(new JsonObject()
                .put("to", "ann@example.com")
                .put("channel", "email")
                .put("from", "tables@example.com")
                .put("subject", "Hi")
                .put("html", "<p>Hello</p>")
                .put("lane", "critical")
                .put("valid_for", "14d")
                .put("on_unknown", "resend")
                .put("reference", "table-7")
                .put("metadata", new JsonObject().put("branch", "north")));
        letters.die(id, "expired", "validity_passed");

        JsonObject item = letters.replay(all()).getJsonArray("items").getJsonObject(0);

        assertThat(item.getString("id")).isEqualTo(id);
        assertThat(item.getString("result")).isEqualTo("replayed");
        JsonObject before = letters.shown(id);
        JsonObject anew = letters.shown(item.getString("replayed_as"));
        for (String field :
                List.of("to", "channel", "from", "subject", "html", "text", "lane", "on_unknown", "reference")) {
            assertThat(anew.getValue(field)).as(field).isEqualTo(before.getValue(field));
        }
        assertThat(anew.getJsonObject("metadata")).isEqualTo(before.getJsonObject("metadata"));
        assertThat(anew.getString("replay_of")).isEqualTo(id);
        assertThat(anew.getString("status")).isEqualTo("queued");
        assertThat(Duration.between(time(anew, "created_at"), time(anew, "expires_at")))
                .isBetween(
                        Duration.ofDays(14).minusMinutes(1), Duration.ofDays(14).plusMinutes(1));
        assertThat(gateway.sql().state(item.getString("replayed_as"))).isEqualTo("queued promised");
        assertThat(letters.list("").getJsonObject(0).getString("replayed_as")).isEqualTo(item.getString("replayed_as"));
    }

    @Test
    void are_sent_anew_with_what_came_by_twilios_api() {
        String id = letters.dead("failed", "attempts_used_up");
        gateway.sql()
                .execute("UPDATE message SET status_callback = 'https://shop.example.com/told',"
                        + " messaging_service_sid = 'MG1'");

        String anew =
                letters.replay(all()).getJsonArray("items").getJsonObject(0).getString("replayed_as");

        assertThat(gateway.sql()
                        .text("SELECT status_callback || ' ' || messaging_service_sid FROM message WHERE id = '" + anew
                                + "'"))
                .isEqualTo("https://shop.example.com/told MG1");
        assertThat(anew).isNotEqualTo(id);
    }

    @Test
    void go_at_the_rate_that_was_asked_for_oldest_first() {
        List<String> dead = IntStream.range(0, 30)
                .mapToObj(i -> letters.dead("failed", "provider_unreachable"))
                .toList();
        OffsetDateTime start = OffsetDateTime.now(ZoneOffset.UTC).plusHours(1).withNano(0);

        JsonObject answer = letters.replay(all().put("rate_per_second", 10).put("send_at", start.toString()));

        JsonArray items = answer.getJsonArray("items");
        assertThat(ids(items)).containsExactlyElementsOf(dead);
        assertThat(time(items.getJsonObject(0), "send_at")).isEqualTo(start);
        assertThat(time(items.getJsonObject(10), "send_at")).isEqualTo(start.plusSeconds(1));
        assertThat(time(answer, "last_send_at")).isEqualTo(start.plusNanos(2_900_000_000L));
        assertThat(gateway.sql()
                        .count("SELECT max(n) FROM (SELECT count(*) AS n FROM outbox WHERE scheduled"
                                + " GROUP BY date_trunc('second', due_at)) per_second"))
                .isEqualTo(10);
    }

    @Test
    void are_sent_anew_once_however_often_it_is_asked() {
        letters.dead("failed", "attempts_used_up");

        assertThat(letters.replay(all()).getInteger("replayed")).isOne();
        assertThat(letters.replay(all()).getInteger("replayed")).isZero();
        // As it is when the key is forgotten.
        gateway.sql().execute("DELETE FROM idempotency");
        assertThat(letters.replay(all()).getInteger("replayed")).isZero();
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }

    @Test
    void are_sent_anew_once_when_many_ask_at_once_through_two_gateways() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            letters.dead("failed", "attempts_used_up");
        }

        List<JsonObject> answers = AtOnce.call(
                6,
                i -> json((i % 2 == 0 ? gateway : other)
                        .post("/v1/dead-letters/replay", all().put("rate_per_second", 1_000))));

        assertThat(answers.stream()
                        .mapToInt(answer -> answer.getInteger("replayed"))
                        .sum())
                .isEqualTo(60);
        assertThat(gateway.sql().count("SELECT count(*) FROM message WHERE replay_of IS NOT NULL"))
                .isEqualTo(60);
        assertThat(gateway.sql().count("SELECT count(DISTINCT replay_of) FROM message"))
                .isEqualTo(60);
    }

    @Test
    void may_be_sent_anew_again_by_their_new_message_when_that_dies_too() {
        String first = letters.dead("failed", "attempts_used_up");
        String second =
                letters.replay(all()).getJsonArray("items").getJsonObject(0).getString("replayed_as");
        letters.die(second, "failed", "attempts_used_up");

        JsonObject item = letters.replay(all()).getJsonArray("items").getJsonObject(0);

        assertThat(item.getString("id")).isEqualTo(second).isNotEqualTo(first);
    }

    @Test
    void stay_where_they_are_in_a_dry_run() {
        String id = letters.dead("failed", "attempts_used_up");

        JsonObject answer = letters.replay(all().put("dry_run", true));

        assertThat(answer.getInteger("replayed")).isOne();
        assertThat(ids(answer.getJsonArray("items"))).containsExactly(id);
        assertThat(answer.getJsonArray("items").getJsonObject(0).getString("result"))
                .isEqualTo("would_be_replayed");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void are_dealt_with_a_call_at_a_time_and_none_is_forgotten() {
        for (int i = 0; i < 7; i++) {
            letters.dead("failed", i % 2 == 0 ? "outcome_unknown" : "attempts_used_up");
        }

        int replayed = 0;
        int leftOut = 0;
        int calls = 0;
        String cursor = null;
        do {
            JsonObject answer = letters.replay(all().put("limit", 3).put("cursor", cursor));
            replayed += answer.getInteger("replayed");
            leftOut += answer.getInteger("may_have_been_sent");
            cursor = answer.getString("next_cursor");
            calls++;
        } while (cursor != null);

        assertThat(replayed).isEqualTo(3);
        assertThat(leftOut).isEqualTo(4);
        assertThat(calls).isEqualTo(3);
    }
}
