package io.heliograph.gateway;

import static io.heliograph.gateway.TestDeadLetters.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead letters that are not sent anew: the person may have them, does not want them, or they would be refused. */
class DeadLettersLeftOutTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private final TestDeadLetters letters = new TestDeadLetters(gateway);

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
        String id = letters.dead("failed", reason);
        letters.tried(id, 1, outcome, "code");
        gateway.sql().execute("UPDATE message SET possible_duplicate = " + sentTwice);

        JsonObject answer = letters.replay(all());

        assertThat(answer.getInteger("may_have_been_sent")).isEqualTo(leftOut ? 1 : 0);
        assertThat(answer.getInteger("replayed")).isEqualTo(leftOut ? 0 : 1);
        assertThat(letters.replay(all().put("include_possible_duplicates", true))
                        .getInteger("replayed"))
                .isEqualTo(leftOut ? 1 : 0);
    }

    @Test
    void are_left_out_when_a_message_that_they_repeat_may_have_arrived() {
        String unknown = letters.dead("failed", "outcome_unknown");
        String second = letters.replay(all().put("include_possible_duplicates", true))
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("replayed_as");
        letters.die(second, "failed", "attempts_used_up");
        String late = letters.dead("failed", "attempts_used_up");
        JsonArray items = letters.replay(all()).getJsonArray("items");
        String third = items.getJsonObject(1).getString("replayed_as");
        letters.die(third, "failed", "attempts_used_up");

        TwilioPost.of("SM1", "delivered").about(late, 1).to(gateway);

        assertThat(items.getJsonObject(0).getString("result")).isEqualTo("may_have_been_sent");
        assertThat(items.getJsonObject(1).getString("id")).isEqualTo(late).isNotEqualTo(unknown);
        assertThat(letters.replay(all()).getInteger("may_have_been_sent")).isEqualTo(2);
        assertThat(letters.replay(all()).getInteger("replayed")).isZero();
    }

    @Test
    void are_sent_anew_when_the_provider_itself_has_said_that_it_failed() {
        String id = TestMessages.sending(gateway);
        letters.tried(id, 1, "unknown", "answer_lost");
        TwilioPost.of("SM1", "undelivered")
                .about(id, 1)
                .with("ErrorCode", "30005")
                .to(gateway);

        JsonObject letter = letters.list("").getJsonObject(0);

        assertThat(letter.getBoolean("may_have_been_sent")).isFalse();
        assertThat(letter.getString("code")).isEqualTo("30005");
        assertThat(letters.replay(all()).getInteger("replayed")).isOne();
    }

    @Test
    void are_left_alone_when_good_news_came_late_and_when_the_person_has_opted_out() {
        String late = letters.dead("failed", "outcome_unknown");
        letters.dead("failed", "recipient_opted_out");
        TwilioPost.of("SM1", "delivered").about(late, 1).to(gateway);

        JsonObject answer = letters.replay(all().put("include_possible_duplicates", true));

        assertThat(answer.getJsonArray("items")).isEmpty();
        assertThat(gateway.post(
                                "/v1/dead-letters/replay",
                                new JsonObject().put("filter", new JsonObject().put("reason", "recipient_opted_out")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void are_not_sent_anew_without_what_was_taken_out_of_them() {
        String id = letters.dead("failed", "attempts_used_up");
        gateway.sql().execute("UPDATE message SET media_urls = '[\"https://shop.example.com/1.png\"]'");
        TwilioAccount account = TwilioAccount.of(gateway);
        account.post("/Messages/SM" + id.replace("-", "") + ".json", "Body=");

        JsonObject answer = letters.replay(all());

        assertThat(answer.getInteger("refused")).isOne();
        assertThat(answer.getJsonArray("items")
                        .getJsonObject(0)
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("redacted");
        assertThat(letters.list("").getJsonObject(0).getString("redacted_at")).isNotNull();
        assertThat(letters.shown(id).getString("redacted_at")).isNotNull();
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void pass_every_check_again() {
        String id = letters.dead("failed", "attempts_used_up");
        gateway.sql().execute("UPDATE message SET recipient = 'nobody' WHERE id = '" + id + "'");

        JsonObject answer = letters.replay(all());

        assertThat(answer.getInteger("refused")).isOne();
        assertThat(answer.getJsonArray("items")
                        .getJsonObject(0)
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("invalid_recipient");
        assertThat(gateway.sql().count("SELECT count(*) FROM message")).isOne();
    }
}
