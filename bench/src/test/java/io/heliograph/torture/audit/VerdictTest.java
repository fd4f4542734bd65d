package io.heliograph.torture.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void is_content_with_a_message_that_was_taken_once() {
        assertThat(Verdict.of(message("delivered", 1))).isEqualTo(Verdict.DELIVERED);
        assertThat(Verdict.of(message("sent", 1))).isEqualTo(Verdict.SENT);
    }

    @Test
    void calls_lost_what_is_not_stored() {
        assertThat(Verdict.of(message("", 0))).isEqualTo(Verdict.LOST);
    }

    @Test
    void calls_lost_what_is_neither_settled_nor_promised() {
        assertThat(Verdict.of(message("queued", 0))).isEqualTo(Verdict.LOST);
        assertThat(Verdict.of(promised(message("queued", 0)))).isEqualTo(Verdict.UNRESOLVED);
    }

    @Test
    void calls_lost_what_is_called_sent_and_never_was() {
        assertThat(Verdict.of(message("sent", 0))).isEqualTo(Verdict.LOST);
    }

    @Test
    void allows_a_second_send_only_to_a_message_that_wished_it_and_says_so() {
        assertThat(Verdict.of(message("sent", 2))).isEqualTo(Verdict.SENT_TWICE);
        assertThat(Verdict.of(resend(message("sent", 2), false))).isEqualTo(Verdict.SENT_TWICE);
        assertThat(Verdict.of(resend(message("sent", 2), true))).isEqualTo(Verdict.SENT_TWICE_BY_WISH);
    }

    @Test
    void finds_a_send_without_a_claim() {
        Traced message = new Traced("r", "id", "sent", "", false, false, 1, false, "", 2, 1);

        assertThat(Verdict.of(message)).isEqualTo(Verdict.SENT_WITHOUT_CLAIM);
    }

    @Test
    void tells_doubt_from_falsehood_when_a_message_failed() {
        assertThat(Verdict.of(failed("outcome_unknown", 0))).isEqualTo(Verdict.FAILED_BY_POLICY);
        assertThat(Verdict.of(failed("outcome_unknown", 1))).isEqualTo(Verdict.FAILED_THOUGH_SENT_IN_DOUBT);
        assertThat(Verdict.of(failed("attempts_used_up", 1))).isEqualTo(Verdict.FAILED_THOUGH_SENT);
        assertThat(Verdict.of(failed("attempts_used_up", 0))).isEqualTo(Verdict.FAILED_WITHOUT_CAUSE);
    }

    @Test
    void finds_a_receipt_that_was_stored_and_not_applied() {
        Traced message = new Traced("r", "id", "sent", "", false, false, 1, false, "sent delivered", 1, 1);

        assertThat(Verdict.of(message)).isEqualTo(Verdict.RECEIPT_IGNORED);
    }

    @Test
    void finds_a_promise_that_outlived_its_message() {
        assertThat(Verdict.of(promised(message("delivered", 1)))).isEqualTo(Verdict.SETTLED_AND_PROMISED);
    }

    private static Traced message(String status, int taken) {
        return new Traced("r", "id", status, "", false, false, taken, false, "", taken, taken);
    }

    private static Traced failed(String reason, int taken) {
        return new Traced("r", "id", "failed", reason, false, false, taken, false, "", taken, taken);
    }

    private static Traced promised(Traced message) {
        return new Traced(
                "r",
                "id",
                message.status(),
                "",
                false,
                false,
                message.attempts(),
                true,
                "",
                message.received(),
                message.taken());
    }

    private static Traced resend(Traced message, boolean possibleDuplicate) {
        return new Traced(
                "r",
                "id",
                message.status(),
                "",
                true,
                possibleDuplicate,
                2,
                false,
                "",
                message.received(),
                message.taken());
    }
}
