package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What receipts do to their messages: forward only, in whatever order, however often, through whichever gateway. */
class ApplyingReceiptsTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    private static RunningGateway other;

    @BeforeAll
    static void startAnother() {
        other = new RunningGateway(gateway.sql().url());
    }

    @AfterAll
    static void stopTheOther() throws Exception {
        other.close();
    }

    @ParameterizedTest
    @CsvSource({
        // Where the message is | what the receipt says | where the message is then
        "queued, sent, sent settled",
        "queued, delivered, delivered settled",
        "sending, queued, sent settled",
        "sending, sending, sent settled",
        "sending, sent, sent settled",
        "sending, delivered, delivered settled",
        "sending, read, read settled",
        "sending, undelivered, undelivered settled",
        "sending, failed, failed settled",
        "sending, canceled, failed settled",
        "unknown, sent, sent settled",
        "unknown, delivered, delivered settled",
        "unknown, failed, failed settled",
        "sent, delivered, delivered settled",
        "sent, undelivered, undelivered settled",
        "delivered, read, read settled",
        "undelivered, delivered, delivered settled",
        "failed, delivered, delivered settled",
        "expired, delivered, delivered settled",
        // Never backwards
        "sent, sending, sent settled",
        "delivered, sent, delivered settled",
        "delivered, undelivered, delivered settled",
        "delivered, failed, delivered settled",
        "read, delivered, read settled",
        "undelivered, sent, undelivered settled",
        "undelivered, failed, undelivered settled",
        "canceled, delivered, canceled settled",
        "refused, sent, refused settled"
    })
    void move_a_message_forward_and_take_its_promise_away(String from, String word, String then) {
        String id = TestMessages.in(gateway, from, 1);

        assertThat(TwilioPost.of("SM1", word).about(id, 1).to(gateway).statusCode())
                .isEqualTo(204);

        assertThat(gateway.sql().state(id)).isEqualTo(then);
    }

    @Test
    void say_why_a_message_failed_and_forget_it_when_it_was_delivered_after_all() {
        String id = TestMessages.sending(gateway);

        TwilioPost.of("SM1", "undelivered").about(id, 1).to(gateway);
        assertThat(gateway.sql().text("SELECT reason FROM message")).isEqualTo("refused_by_carrier");

        TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway);
        assertThat(gateway.sql().text("SELECT coalesce(reason, '-') FROM message"))
                .isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource({
        "failed, 21610, recipient_opted_out",
        "undelivered, 63014, recipient_opted_out",
        "undelivered, 30034, provider_configuration",
        "failed, 30002, provider_configuration",
        "failed, 30036, validity_passed",
        "undelivered, 30007, refused_by_carrier",
        "failed, 99999, refused_by_provider",
        "delivered, 21610, -"
    })
    void say_why_as_far_as_the_providers_code_tells(String word, String code, String reason) {
        String id = TestMessages.sending(gateway);

        TwilioPost.of("SM1", word).with("ErrorCode", code).about(id, 1).to(gateway);

        assertThat(gateway.sql().text("SELECT coalesce(reason, '-') FROM message"))
                .isEqualTo(reason);
    }

    @Test
    void leave_a_failed_message_failed_when_a_late_sent_comes_after_the_providers_own_word() {
        String id = TestMessages.sending(gateway);

        TwilioPost.of("SM1", "failed").about(id, 1).to(gateway);
        TwilioPost.of("SM1", "sending").about(id, 1).to(gateway);

        assertThat(gateway.sql().state(id)).isEqualTo("failed settled");
    }

    @Test
    void make_a_message_sent_that_had_failed_only_because_nobody_knew() {
        String id = TestMessages.in(gateway, "failed", 1);
        gateway.sql().execute("UPDATE message SET reason = 'outcome_unknown'");

        TwilioPost.of("SM1", "sent").about(id, 1).to(gateway);

        assertThat(gateway.sql().state(id)).isEqualTo("sent settled");
        assertThat(gateway.sql().text("SELECT coalesce(reason, '-') FROM message"))
                .isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "undelivered"})
    void say_nothing_about_an_attempt_after_the_one_that_they_are_about_when_they_are_bad_news(String word) {
        String id = TestMessages.in(gateway, "sending", 2);

        TwilioPost.of("SM1", word).about(id, 1).to(gateway);

        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");
    }

    @Test
    void settle_a_message_by_good_news_of_an_earlier_attempt() {
        String id = TestMessages.in(gateway, "sending", 2);

        TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway);

        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    @Test
    void count_once_when_only_the_repetition_has_a_token() {
        String id = TestMessages.sending(gateway);

        TwilioPost.of("SM1", "sent").about(id, 1).to(gateway);
        TwilioPost.of("SM1", "sent").about(id, 1).withToken("t").to(gateway);

        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isOne();
    }

    @Test
    void count_once_when_they_come_again_with_the_same_token() {
        String id = TestMessages.sending(gateway);
        double before = gateway.metric("heliograph_callbacks_total{result=\"duplicate\"}");

        for (int i = 0; i < 3; i++) {
            assertThat(TwilioPost.of("SM1", "sent")
                            .about(id, 1)
                            .withToken("t")
                            .to(gateway)
                            .statusCode())
                    .isEqualTo(204);
        }

        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isOne();
        assertThat(gateway.metric("heliograph_callbacks_total{result=\"duplicate\"}"))
                .isEqualTo(before + 2);
    }

    @Test
    void count_once_when_they_come_again_without_a_token() {
        String id = TestMessages.sending(gateway);

        TwilioPost.of("SM1", "sent").about(id, 1).to(gateway);
        TwilioPost.of("SM1", "sent").about(id, 1).to(other);
        TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway);

        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isEqualTo(2);
        assertThat(gateway.sql().state(id)).isEqualTo("delivered settled");
    }

    @Test
    void end_in_the_same_state_in_whatever_order_they_come() {
        List<String> words = List.of("queued", "sending", "sent", "undelivered", "delivered", "read");
        Random random = new Random(7);
        for (int round = 0; round < 10; round++) {
            String id = TestMessages.sending(gateway);
            List<String> shuffled = new ArrayList<>(words);
            Collections.shuffle(shuffled, random);
            String sid = "SM" + round;

            shuffled.forEach(word -> TwilioPost.of(sid, word).about(id, 1).to(gateway));

            assertThat(gateway.sql().state(id)).as(shuffled.toString()).isEqualTo("read settled");
        }
    }

    @Test
    void end_in_the_furthest_state_when_many_come_at_once_through_two_gateways() throws InterruptedException {
        List<String> ids =
                Stream.generate(() -> TestMessages.sending(gateway)).limit(10).toList();
        List<String> words = List.of("sending", "sent", "delivered", "delivered");

        List<Integer> answers = AtOnce.call(
                200,
                i -> TwilioPost.of("SM" + i % 10, words.get(i / 10 % 4))
                        .about(ids.get(i % 10), 1)
                        .to(i % 2 == 0 ? gateway : other)
                        .statusCode());

        assertThat(answers).containsOnly(204);
        assertThat(ids).allSatisfy(id -> assertThat(gateway.sql().state(id)).isEqualTo("delivered settled"));
        assertThat(gateway.sql().count("SELECT count(*) FROM callback")).isEqualTo(30);
        assertThat(gateway.sql().count("SELECT count(*) FROM outbox")).isZero();
    }

    @Test
    void wait_for_their_message_when_they_name_one_that_is_not_there_yet() {
        String id = TestMessages.sending(gateway);
        gateway.sql().execute("CREATE TEMP TABLE later AS SELECT * FROM message; DELETE FROM message");

        assertThat(TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway).statusCode())
                .isEqualTo(204);
        assertThat(gateway.sql().count("SELECT count(*) FROM callback WHERE applied_at IS NULL"))
                .isOne();

        gateway.sql().execute("INSERT INTO message SELECT * FROM later; DROP TABLE later");
        await().until(() -> gateway.sql().state(id).equals("delivered settled"));
        assertThat(gateway.sql().count("SELECT count(*) FROM callback WHERE applied_at IS NULL"))
                .isZero();
    }

    @Test
    void wait_for_the_attempt_that_knows_the_providers_id_when_they_name_no_message() {
        String id = TestMessages.sending(gateway);

        TwilioPost.of("SM1", "sent").to(gateway);
        TwilioPost.of("SM1", "delivered").to(gateway);
        assertThat(gateway.sql().state(id)).isEqualTo("sending promised");

        TestMessages.recordAttempt(gateway, id, 1, "SM1");
        await().until(() -> gateway.sql().state(id).equals("delivered settled"));
        await().until(() -> gateway.sql()
                        .count("SELECT count(*) FROM callback WHERE applied_at IS NOT NULL AND message_id = '" + id
                                + "'")
                == 2);
    }

    @Test
    void are_applied_once_when_two_gateways_find_the_same_that_waited() {
        List<String> ids = IntStream.range(0, 50)
                .mapToObj(i -> {
                    String id = TestMessages.sending(gateway);
                    TwilioPost.of("SM" + i, "delivered").to(gateway);
                    return id;
                })
                .toList();
        double before = unparked();

        gateway.sql()
                .execute(
                        "INSERT INTO attempt (message_id, n, provider, provider_message_id, outcome, started_at, finished_at)"
                                + " SELECT id, 1, 'twilio', 'SM' || (row_number() OVER (ORDER BY id) - 1), 'accepted', now(), now()"
                                + " FROM message");

        await().until(() -> gateway.sql().count("SELECT count(*) FROM callback WHERE applied_at IS NULL") == 0);
        assertThat(ids).allSatisfy(id -> assertThat(gateway.sql().state(id)).isEqualTo("delivered settled"));
        await().until(() -> unparked() >= before + 50);
        assertThat(unparked()).isEqualTo(before + 50);
    }

    @Test
    void measure_the_time_from_acceptance_to_delivery() {
        String id = TestMessages.sending(gateway);
        String metric = "heliograph_accept_to_delivered_seconds_count{channel=\"sms\"}";
        double before = gateway.metric(metric);

        TwilioPost.of("SM1", "delivered").about(id, 1).to(gateway);
        TwilioPost.of("SM1", "delivered").about(id, 1).withToken("again").to(gateway);

        assertThat(gateway.metric(metric)).isEqualTo(before + 1);
    }

    private static double unparked() {
        String metric = "heliograph_callbacks_total{result=\"unparked\"}";
        return gateway.metric(metric) + other.metric(metric);
    }
}
