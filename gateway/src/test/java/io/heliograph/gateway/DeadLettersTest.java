package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What did not get there: found, and sent anew once. */
class DeadLettersTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private static final RunningGateway other = new RunningGateway(gateway.sql().url());

    @AfterAll
    static void close() throws Exception {
        other.close();
    }

    @Test
    void are_listed_with_what_it_takes_to_decide_about_them() {
        String id = dead("failed", "refused_by_provider");
        gateway.sql().execute("UPDATE message SET provider = 'twilio', reference = 'table-7'");
        tried(id, 1, "refused", "21211");

        JsonObject letter = list("").getJsonObject(0);

        assertThat(letter.getString("id")).isEqualTo(id);
        assertThat(letter.getString("status")).isEqualTo("failed");
        assertThat(letter.getString("reason")).isEqualTo("refused_by_provider");
        assertThat(letter.getString("cause")).isEqualTo("customer_data");
        assertThat(letter.getString("code")).isEqualTo("21211");
        assertThat(letter.getString("provider")).isEqualTo("twilio");
        assertThat(letter.getString("reference")).isEqualTo("table-7");
        assertThat(letter.getBoolean("may_have_been_sent")).isFalse();
        assertThat(letter.getString("replayed_as")).isNull();
    }

    @Test
    void are_messages_that_failed_were_not_delivered_or_expired_and_no_others() {
        List<String> dead = List.of(
                dead("failed", "attempts_used_up"),
                dead("undelivered", "refused_by_carrier"),
                dead("expired", "validity_passed"));
        for (String status : List.of("queued", "sent", "delivered", "canceled", "refused")) {
            TestMessages.in(gateway, status, 1);
        }

        assertThat(ids(list(""))).containsExactlyElementsOf(dead.reversed());
    }

    @ParameterizedTest
    @CsvSource({
        "cause=ours, provider_configuration",
        "cause=provider, refused_by_carrier",
        "cause=customer_data, refused_by_provider",
        "reason=refused_by_carrier, refused_by_carrier",
        "provider=plivo-in, refused_by_provider",
        "channel=whatsapp, provider_configuration",
        "cause=ours&channel=sms, ",
        "cause=ours&reason=refused_by_carrier, ",
        "since=2999-01-01T00:00:00Z, ",
        "until=2020-01-01T00:00:00Z, "
    })
    void are_found_by_what_they_have_in_common(String query, String reason) {
        String configuration = dead("failed", "provider_configuration");
        dead("undelivered", "refused_by_carrier");
        String refused = dead("failed", "refused_by_provider");
        gateway.sql().execute("UPDATE message SET channel = 'whatsapp' WHERE id = '" + configuration + "'");
        gateway.sql().execute("UPDATE message SET provider = 'plivo-in' WHERE id = '" + refused + "'");

        JsonArray found = list("?" + query);

        assertThat(found.stream().map(one -> ((JsonObject) one).getString("reason")))
                .containsExactlyElementsOf(reason == null ? List.of() : List.of(reason));
    }

    @Test
    void say_how_often_a_provider_was_really_asked() {
        String id = dead("failed", "attempts_used_up");
        gateway.sql().execute("UPDATE message SET attempt = 9 WHERE id = '" + id + "'");
        gateway.sql()
                .execute("INSERT INTO attempt (message_id, n, provider, outcome, started_at, finished_at)" + " SELECT '"
                        + id + "', n, 'twilio', 'try_later', now(), now() FROM unnest(ARRAY[2, 9]) AS n");

        JsonObject letter = list("").getJsonObject(0);

        assertThat(letter.getInteger("attempts_made")).isEqualTo(2);
    }

    @Test
    void come_a_page_at_a_time() {
        List<String> dead = IntStream.range(0, 7)
                .mapToObj(i -> dead("failed", "attempts_used_up"))
                .toList();

        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = json(gateway.get("/v1/dead-letters?limit=3" + cursor));
            found.addAll(ids(page.getJsonArray("dead_letters")));
            cursor = page.getString("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        }

        assertThat(found).containsExactlyElementsOf(dead.reversed());
    }

    @Test
    void are_refused_to_others_and_to_questions_that_are_none() {
        dead("failed", "attempts_used_up");
        String stranger = TestAccounts.add(gateway, "stranger", "messages:read", "messages:write");
        String reader = TestAccounts.add(gateway, "reader", "messages:read");

        assertThat(json(gateway.get("/v1/dead-letters", "Authorization", "Bearer " + stranger))
                        .getJsonArray("dead_letters"))
                .isEmpty();
        assertThat(json(gateway.post("/v1/dead-letters/replay", all(), "Authorization", "Bearer " + stranger))
                        .getInteger("replayed"))
                .isZero();
        assertThat(gateway.post("/v1/dead-letters/replay", all(), "Authorization", "Bearer " + reader)
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.get("/v1/dead-letters?cause=fate&since=today&what=1").statusCode())
                .isEqualTo(400);
    }

    @Test
    void are_sent_anew_as_they_were_asked_for() {
        String id = accepted(new JsonObject()
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
        die(id, "expired", "validity_passed");

        JsonObject item = replay(all()).getJsonArray("items").getJsonObject(0);

        assertThat(item.getString("id")).isEqualTo(id);
        assertThat(item.getString("result")).isEqualTo("replayed");
        JsonObject before = shown(id);
        JsonObject anew = shown(item.getString("replayed_as"));
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
        assertThat(list("").getJsonObject(0).getString("replayed_as")).isEqualTo(item.getString("replayed_as"));
    }

    @Test
    void are_sent_anew_with_what_came_by_twilios_api() {
        String id = dead("failed", "attempts_used_up");
        gateway.sql()
                .execute("UPDATE message SET status_callback = 'https://shop.example.com/told',"
                        + " messaging_service_sid = 'MG1'");

        String anew = replay(all()).getJsonArray("items").getJsonObject(0).getString("replayed_as");

        assertThat(gateway.sql()
                        .text("SELECT status_callback || ' ' || messaging_service_sid FROM message WHERE id = '" + anew
                                + "'"))
                .isEqualTo("https://shop.example.com/told MG1");
        assertThat(anew).isNotEqualTo(id);
    }

    @Test
    void are_not_sent_anew_without_what_was_taken_out_of_them() {
        String id = dead("failed", "attempts_used_up");
        gateway.sql().execute("UPDATE message SET media_urls = '[\"https://shop.example.com/1.png\"]'");
        TwilioAccount account = TwilioAccount.of(gateway);
        account.post("/Messages/SM" + id.replace("-", "") + ".json", "Body=");

        JsonObject answer = replay(all());

        assertThat(answer.getInteger("refused")).isOne();
        assertThat(answer.getJsonArray("items")
                        .getJsonObject(0)
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("redacted");
        assertThat(list("").getJsonObject(0).getString("redacted_at")).isNotNull();
        assertThat(shown(id).getString("redacted_at")).isNotNull();
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void go_at_the_rate_that_was_asked_for_oldest_first() {
        List<String> dead = IntStream.range(0, 30)
                .mapToObj(i -> dead("failed", "provider_unreachable"))
                .toList();
        OffsetDateTime start = OffsetDateTime.now(ZoneOffset.UTC).plusHours(1).withNano(0);

        JsonObject answer = replay(all().put("rate_per_second", 10).put("send_at", start.toString()));

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
        dead("failed", "attempts_used_up");

        assertThat(replay(all()).getInteger("replayed")).isOne();
        assertThat(replay(all()).getInteger("replayed")).isZero();
        // As it is when the key is forgotten.
        gateway.sql().execute("DELETE FROM idempotency");
        assertThat(replay(all()).getInteger("replayed")).isZero();
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isEqualTo(2);
    }

    @Test
    void are_sent_anew_once_when_many_ask_at_once_through_two_gateways() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            dead("failed", "attempts_used_up");
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
        String first = dead("failed", "attempts_used_up");
        String second = replay(all()).getJsonArray("items").getJsonObject(0).getString("replayed_as");
        die(second, "failed", "attempts_used_up");

        JsonObject item = replay(all()).getJsonArray("items").getJsonObject(0);

        assertThat(item.getString("id")).isEqualTo(second).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "outcome_unknown, unknown, false, true",
        "attempts_used_up, unknown, false, true",
        "attempts_used_up, try_later, false, false",
        "attempts_used_up, try_later, true, true",
        "validity_passed, accepted, false, true",
        "refused_by_provider, refused, false, false"
    })
    void are_left_out_when_the_person_may_have_got_them(
            String reason, String outcome, boolean sentTwice, boolean leftOut) {
        String id = dead("failed", reason);
        tried(id, 1, outcome, "code");
        gateway.sql().execute("UPDATE message SET possible_duplicate = " + sentTwice);

        JsonObject answer = replay(all());

        assertThat(answer.getInteger("may_have_been_sent")).isEqualTo(leftOut ? 1 : 0);
        assertThat(answer.getInteger("replayed")).isEqualTo(leftOut ? 0 : 1);
        assertThat(replay(all().put("include_possible_duplicates", true)).getInteger("replayed"))
                .isEqualTo(leftOut ? 1 : 0);
    }

    @Test
    void are_left_out_when_a_message_that_they_repeat_may_have_arrived() {
        String unknown = dead("failed", "outcome_unknown");
        String second = replay(all().put("include_possible_duplicates", true))
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("replayed_as");
        die(second, "failed", "attempts_used_up");
        String late = dead("failed", "attempts_used_up");
        JsonArray items = replay(all()).getJsonArray("items");
        String third = items.getJsonObject(1).getString("replayed_as");
        die(third, "failed", "attempts_used_up");

        TwilioPost.of("SM1", "delivered").about(late, 1).to(gateway);

        assertThat(items.getJsonObject(0).getString("result")).isEqualTo("may_have_been_sent");
        assertThat(items.getJsonObject(1).getString("id")).isEqualTo(late).isNotEqualTo(unknown);
        assertThat(replay(all()).getInteger("may_have_been_sent")).isEqualTo(2);
        assertThat(replay(all()).getInteger("replayed")).isZero();
    }

    @Test
    void are_sent_anew_when_the_provider_itself_has_said_that_it_failed() {
        String id = TestMessages.sending(gateway);
        tried(id, 1, "unknown", "answer_lost");
        TwilioPost.of("SM1", "undelivered")
                .about(id, 1)
                .with("ErrorCode", "30005")
                .to(gateway);

        JsonObject letter = list("").getJsonObject(0);

        assertThat(letter.getBoolean("may_have_been_sent")).isFalse();
        assertThat(letter.getString("code")).isEqualTo("30005");
        assertThat(replay(all()).getInteger("replayed")).isOne();
    }

    @Test
    void are_left_alone_when_good_news_came_late_and_when_the_person_has_opted_out() {
        String late = dead("failed", "outcome_unknown");
        dead("failed", "recipient_opted_out");
        TwilioPost.of("SM1", "delivered").about(late, 1).to(gateway);

        JsonObject answer = replay(all().put("include_possible_duplicates", true));

        assertThat(answer.getJsonArray("items")).isEmpty();
        assertThat(gateway.post(
                                "/v1/dead-letters/replay",
                                new JsonObject().put("filter", new JsonObject().put("reason", "recipient_opted_out")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void pass_every_check_again() {
        String id = dead("failed", "attempts_used_up");
        gateway.sql().execute("UPDATE message SET recipient = 'nobody' WHERE id = '" + id + "'");

        JsonObject answer = replay(all());

        assertThat(answer.getInteger("refused")).isOne();
        assertThat(answer.getJsonArray("items")
                        .getJsonObject(0)
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("invalid_recipient");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void stay_where_they_are_in_a_dry_run() {
        String id = dead("failed", "attempts_used_up");

        JsonObject answer = replay(all().put("dry_run", true));

        assertThat(answer.getInteger("replayed")).isOne();
        assertThat(ids(answer.getJsonArray("items"))).containsExactly(id);
        assertThat(answer.getJsonArray("items").getJsonObject(0).getString("result"))
                .isEqualTo("would_be_replayed");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void are_dealt_with_a_call_at_a_time_and_none_is_forgotten() {
        for (int i = 0; i < 7; i++) {
            dead("failed", i % 2 == 0 ? "outcome_unknown" : "attempts_used_up");
        }

        int replayed = 0;
        int leftOut = 0;
        int calls = 0;
        String cursor = null;
        do {
            JsonObject answer = replay(all().put("limit", 3).put("cursor", cursor));
            replayed += answer.getInteger("replayed");
            leftOut += answer.getInteger("may_have_been_sent");
            cursor = answer.getString("next_cursor");
            calls++;
        } while (cursor != null);

        assertThat(replayed).isEqualTo(3);
        assertThat(leftOut).isEqualTo(4);
        assertThat(calls).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"filter\":[]}",
                "{\"filter\":{\"cause\":\"fate\"}}",
                "{\"filter\":{\"unknown\":1}}",
                "{\"filter\":{\"since\":\"today\"}}",
                "{\"filter\":{},\"rate_per_second\":0}",
                "{\"filter\":{},\"rate_per_second\":1001}",
                "{\"filter\":{},\"rate_per_second\":\"1\"}",
                "{\"filter\":{},\"limit\":1001}",
                "{\"filter\":{},\"dry_run\":\"yes\"}",
                "{\"filter\":{},\"send_at\":\"2020-01-01T00:00:00Z\"}",
                "{\"filter\":{},\"cursor\":\"x\"}",
                "{\"filter\":{},\"rate\":1}"
            })
    void are_not_touched_by_a_request_that_is_wrong(String body) {
        dead("failed", "attempts_used_up");

        HttpResponse<String> response = gateway.post("/v1/dead-letters/replay", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).getJsonArray("errors")).hasSize(1);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    private static JsonObject all() {
        return new JsonObject().put("filter", new JsonObject());
    }

    private static JsonObject replay(JsonObject request) {
        HttpResponse<String> response = gateway.post("/v1/dead-letters/replay", request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static JsonArray list(String query) {
        return json(gateway.get("/v1/dead-letters" + query)).getJsonArray("dead_letters");
    }

    private static List<String> ids(JsonArray items) {
        return items.stream().map(item -> ((JsonObject) item).getString("id")).toList();
    }

    private static JsonObject shown(String id) {
        return json(gateway.get("/v1/messages/" + id));
    }

    private static OffsetDateTime time(JsonObject json, String name) {
        return OffsetDateTime.parse(json.getString(name));
    }

    private static String accepted(JsonObject message) {
        return json(gateway.post("/v1/messages", message)).getString("id");
    }

    private static String dead(String status, String reason) {
        String id = TestMessages.queued(gateway);
        die(id, status, reason);
        return id;
    }

    private static void die(String id, String status, String reason) {
        gateway.sql()
                .execute("UPDATE message SET status = '" + status + "', reason = '" + reason
                        + "', attempt = 1, settled_at = now() WHERE id = '" + id
                        + "'; DELETE FROM outbox WHERE message_id = '" + id + "'");
    }

    private static void tried(String id, int n, String outcome, String code) {
        gateway.sql()
                .execute("INSERT INTO attempt (message_id, n, provider, outcome, code, started_at, finished_at)"
                        + " VALUES ('" + id + "', " + n + ", 'twilio', '" + outcome + "', '" + code
                        + "', now(), now())");
    }
}
