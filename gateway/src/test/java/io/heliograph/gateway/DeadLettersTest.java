package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static io.heliograph.gateway.TestDeadLetters.all;
import static io.heliograph.gateway.TestDeadLetters.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What did not get there: found, and shown with what it takes to decide about it. */
class DeadLettersTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private final TestDeadLetters letters = new TestDeadLetters(gateway);

    @Test
    void are_listed_with_what_it_takes_to_decide_about_them() {
        String id = letters.dead("failed", "refused_by_provider");
        gateway.sql().execute("UPDATE message SET provider = 'twilio', reference = 'table-7'");
        letters.tried(id, 1, "refused", "21211");

        JsonObject letter = letters.list("").getJsonObject(0);

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
                letters.dead("failed", "attempts_used_up"),
                letters.dead("undelivered", "refused_by_carrier"),
                letters.dead("expired", "validity_passed"));
        for (String status : List.of("queued", "sent", "delivered", "canceled", "refused")) {
            TestMessages.in(gateway, status, 1);
        }

        assertThat(ids(letters.list(""))).containsExactlyElementsOf(dead.reversed());
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
        String configuration = letters.dead("failed", "provider_configuration");
        letters.dead("undelivered", "refused_by_carrier");
        String refused = letters.dead("failed", "refused_by_provider");
        gateway.sql().execute("UPDATE message SET channel = 'whatsapp' WHERE id = '" + configuration + "'");
        gateway.sql().execute("UPDATE message SET provider = 'plivo-in' WHERE id = '" + refused + "'");

        JsonArray found = letters.list("?" + query);

        assertThat(found.stream().map(one -> ((JsonObject) one).getString("reason")))
                .containsExactlyElementsOf(reason == null ? List.of() : List.of(reason));
    }

    @Test
    void say_how_often_a_provider_was_really_asked() {
        String id = letters.dead("failed", "attempts_used_up");
        gateway.sql().execute("UPDATE message SET attempt = 9 WHERE id = '" + id + "'");
        gateway.sql()
                .execute("INSERT INTO attempt (message_id, n, provider, outcome, started_at, finished_at)" + " SELECT '"
                        + id + "', n, 'twilio', 'try_later', now(), now() FROM unnest(ARRAY[2, 9]) AS n");

        JsonObject letter = letters.list("").getJsonObject(0);

        assertThat(letter.getInteger("attempts_made")).isEqualTo(2);
    }

    @Test
    void come_a_page_at_a_time() {
        List<String> dead = IntStream.range(0, 7)
                .mapToObj(i -> letters.dead("failed", "attempts_used_up"))
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
        letters.dead("failed", "attempts_used_up");
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
        letters.dead("failed", "attempts_used_up");

        HttpResponse<String> response = gateway.post("/v1/dead-letters/replay", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).getJsonArray("errors")).hasSize(1);
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }
}
