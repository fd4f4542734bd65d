package io.heliograph.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Followers;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Verdicts;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows a message that has not reached the person, by the statements that end it. */
class FollowingTest {
    private static final String EMAIL = """
        {"channel": "email", "to": "ann@example.com", "text": "By email", "segments": 0, "encoding": "utf8",
         "content": {"subject": "Hello"}, "valid_for_ms": 3600000}""";
    private static final String WHATSAPP = """
        {"channel": "whatsapp", "to": "+15005550010", "text": "By WhatsApp", "segments": 1, "encoding": "gsm7",
         "valid_for_ms": 60000}""";

    private final LedgerBench bench = new LedgerBench();
    private final Followers line = new Followers(bench);

    @AfterEach
    void close() throws Exception {
        assertThat(bench.messages.violations()).isZero();
        bench.close();
    }

    @Test
    void a_message_that_failed_is_followed_by_one_of_its_own_kind_with_a_promise_and_a_validity_of_its_own()
            throws Exception {
        UUID id = withFallback(EMAIL, WHATSAPP)
                .with("lane", "'critical'")
                .with("reference", "'table-7'")
                .with("metadata", "'{\"branch\": \"north\"}'")
                .with("retry", "'{\"attempts_max\": 3}'")
                .insert();

        int _ = bench.record(Verdicts.refused(line.claimed(id), "21211"));

        UUID next = line.follower(id);
        assertThat(row(next)).isEqualTo("""
            queued email ann@example.com By email {"subject": "Hello"} critical table-7 {"branch": "north"} {"attempts_max": 3} 1 \
            01:00:00""");
        assertThat(bench.messages.text("SELECT jsonb_array_length(fallback) FROM message WHERE id = '" + next + "'"))
                .isEqualTo("1");
        assertThat(bench.messages.text(
                        "SELECT topic || ' ' || lane || ' ' || account_id FROM outbox WHERE message_id = '" + next
                                + "'"))
                .isEqualTo("email critical 1");
        assertThat(bench.messages.dueInSeconds(next)).isLessThanOrEqualTo(0);
    }

    @Test
    void the_whole_list_is_tried_in_order_and_then_it_is_over() throws Exception {
        UUID first = withFallback(EMAIL, WHATSAPP).insert();

        int _ = bench.record(Verdicts.refused(line.claimed(first), "21211"));
        UUID second = line.follower(first);
        int _ = bench.record(Verdicts.refused(line.claimed(second), "550"));
        UUID third = line.follower(second);
        int _ = bench.record(Verdicts.refused(line.claimed(third), "63003"));

        assertThat(List.of(line.channel(first), line.channel(second), line.channel(third)))
                .containsExactly("sms", "email", "whatsapp");
        assertThat(bench.messages.count("failed")).isEqualTo(3);
        assertThat(bench.messages.number("SELECT count(*) FROM message")).isEqualTo(3);
    }

    @Test
    void a_message_whose_validity_has_passed_is_followed_by_the_claim_that_finds_it() throws Exception {
        UUID id = withFallback(EMAIL)
                .with("expires_at", "now() - interval '1 second'")
                .insert();

        assertThat(bench.claim(id).expired()).isEqualTo(1);

        assertThat(bench.messages.status(id)).isEqualTo("expired");
        assertThat(bench.messages.status(line.follower(id))).isEqualTo("queued");
    }

    @ParameterizedTest
    @CsvSource({
        "failed, recipient_opted_out, fail, 0",
        "failed, outcome_unknown, fail, 0",
        "failed, outcome_unknown, resend, 1",
        "failed, recipient_unreachable, fail, 1",
        "canceled, canceled_by_account, fail, 0",
        "refused, , fail, 0",
        "sent, , fail, 0"
    })
    void nothing_follows_where_the_person_may_have_it_or_does_not_want_it(
            String status, String reason, String onUnknown, long followers) {
        UUID id = withFallback(EMAIL).with("on_unknown", "'" + onUnknown + "'").insert();

        line.settle(id, status, reason);

        assertThat(line.followers(id)).isEqualTo(followers);
        assertThat(bench.messages.number(
                        "SELECT count(*) FROM message WHERE fallback_of IS NOT NULL AND possible_duplicate"))
                .isEqualTo("resend".equals(onUnknown) ? 1 : 0);
    }

    /** Goal: one follower, whoever ends the message, at the same time. Method: many records and receipts at once. */
    @Test
    void it_is_followed_once_when_many_end_it_at_once() throws Exception {
        UUID id = withFallback(EMAIL).insert();
        Outgoing outgoing = line.claimed(id);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, 20)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        if (i % 2 == 0) {
                            int _ = bench.recordAll(List.of(Verdicts.refused(outgoing, "21211")));
                        } else {
                            line.receipt(id, "undelivered", "refused_by_carrier");
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                Object _ = one.get();
            }
        }

        assertThat(line.followers(id)).isEqualTo(1);
    }

    /** Goal: what follows is there exactly when the message has ended. Method: a promise that cannot be stored. */
    @Test
    void a_message_has_not_ended_when_what_follows_it_cannot_be_stored() throws Exception {
        UUID id = withFallback(EMAIL).insert();
        Outgoing outgoing = line.claimed(id);
        bench.messages.execute("ALTER TABLE outbox ADD CONSTRAINT no_email CHECK (topic <> 'email') NOT VALID");

        assertThat(bench.record(Verdicts.refused(outgoing, "21211"))).isZero();

        assertThat(bench.messages.status(id)).isEqualTo("sending");
        assertThat(bench.messages.hasPromise(id)).isTrue();
        assertThat(line.followers(id)).isZero();

        bench.messages.execute("ALTER TABLE outbox DROP CONSTRAINT no_email");
        assertThat(bench.record(Verdicts.refused(outgoing, "21211"))).isEqualTo(1);
        assertThat(line.followers(id)).isEqualTo(1);
    }

    @Test
    void what_has_not_left_is_taken_back_when_the_first_arrives_after_all() throws Exception {
        UUID first = withFallback(EMAIL, WHATSAPP).insert();
        int _ = bench.record(Verdicts.refused(line.claimed(first), "30003"));
        UUID second = line.follower(first);
        int _ = bench.record(Verdicts.refused(line.claimed(second), "550"));
        UUID third = line.follower(second);

        line.receipt(first, "delivered", null);

        assertThat(bench.messages.status(second)).isEqualTo("failed");
        assertThat(bench.messages.text("SELECT status || ' ' || reason FROM message WHERE id = '" + third + "'"))
                .isEqualTo("canceled first_arrived");
        assertThat(bench.messages.hasPromise(third)).isFalse();
    }

    @Test
    void what_is_leaving_is_left_alone_when_the_first_arrives_after_all() throws Exception {
        UUID first = withFallback(EMAIL).insert();
        int _ = bench.record(Verdicts.refused(line.claimed(first), "30003"));
        UUID second = line.follower(first);
        Outgoing _ = line.claimed(second);

        line.receipt(first, "delivered", null);

        assertThat(bench.messages.status(second)).isEqualTo("sending");
        assertThat(bench.messages.hasPromise(second)).isTrue();
    }

    @Test
    void it_is_followed_again_when_what_was_corrected_turns_out_bad_once_more() {
        UUID first = withFallback(EMAIL).with("on_unknown", "'resend'").insert();
        line.settle(first, "failed", "outcome_unknown");

        line.receipt(first, "sent", null);
        line.receipt(first, "undelivered", "refused_by_carrier");

        assertThat(bench.messages.count("canceled")).isEqualTo(1);
        assertThat(bench.messages.count("queued")).isEqualTo(1);
        assertThat(line.followers(first)).isEqualTo(2);
    }

    private Messages.Row withFallback(String... entries) {
        return bench.messages.queued().with("fallback", "'[" + String.join(", ", entries) + "]'");
    }

    private String row(UUID id) {
        return bench.messages.text(
                "SELECT concat_ws(' ', status, channel, recipient, body, content, lane, reference, metadata,"
                        + " retry, account_id, expires_at - created_at) FROM message WHERE id = '" + id + "'");
    }
}
