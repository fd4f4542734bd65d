package io.heliograph.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.providers.Retries;
import io.heliograph.providers.Retry;
import io.heliograph.providers.Retry.Jitter;
import io.heliograph.providers.RetryWish;
import io.heliograph.worker.ledger.Claims;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Verdict;
import io.heliograph.worker.ledger.Verdict.Tried;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.testing.Outgoings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final Instant CLAIMED = Instant.parse("2026-11-20T10:00:00Z");
    private static final Judge.Timing TIMING = new Judge.Timing(Duration.ofMillis(20), Duration.ofMillis(90));

    private final Judge judge = judge((_, _) -> null);

    @Test
    void settles_what_was_accepted() {
        assertThat(judged(new Outcome.Accepted("SM1")))
                .isEqualTo(Verdict.settled(OUTGOING, MessageStatus.SENT, null, tried("accepted", null, "SM1")));
    }

    @Test
    void fails_what_was_refused_for_the_reason_given() {
        assertThat(judged(new Outcome.Refused("21610", Reason.RECIPIENT_OPTED_OUT)))
                .isEqualTo(Verdict.settled(
                        OUTGOING, MessageStatus.FAILED, Reason.RECIPIENT_OPTED_OUT, tried("refused", "21610", null)));
    }

    @Test
    void looks_up_soon_what_is_unknown() {
        assertThat(judged(new Outcome.Unknown("answer_lost")))
                .isEqualTo(Verdict.due(
                        OUTGOING,
                        MessageStatus.UNKNOWN,
                        Reason.OUTCOME_UNKNOWN,
                        Duration.ofSeconds(2),
                        tried("unknown", "answer_lost", null)));
    }

    @Test
    void queues_what_is_to_be_tried_later() {
        assertThat(judged(new Outcome.TryLater("20429", Reason.PROVIDER_BUSY, Pace.BUSY)))
                .isEqualTo(Verdict.queuedAt(
                        "twilio",
                        OUTGOING,
                        Reason.PROVIDER_BUSY,
                        Duration.ofMillis(500),
                        tried("try_later", "20429", null)));
    }

    @ParameterizedTest
    @CsvSource({"provider_unreachable, PROVIDER_UNREACHABLE", "20003, PROVIDER_CONFIGURATION"})
    void marks_what_failed_because_the_provider_was_away(String code, Reason reason) {
        assertThat(judged(new Outcome.TryLater(code, reason, Pace.AWAY)))
                .isEqualTo(Verdict.queuedAt(
                        "twilio", OUTGOING, reason, Duration.ofSeconds(10), tried("try_later", "away:" + code, null)));
    }

    @Test
    void counts_no_attempt_where_nothing_was_tried() {
        assertThat(judged(new Outcome.TryLater("provider_paused", Reason.PROVIDER_PAUSED, Pace.NOT_TRIED)))
                .isEqualTo(Verdict.queuedAt("twilio", OUTGOING, Reason.PROVIDER_PAUSED, Duration.ofMillis(500), null));
    }

    @Test
    void tries_again_as_the_message_wants_it_and_else_as_its_account_does() {
        Outcome busy = new Outcome.TryLater("20429", Reason.PROVIDER_BUSY, Pace.BUSY);
        RetryWish two = new RetryWish(2, null, null, null);
        ToSend first =
                new ToSend(OUTGOING, Lane.NORMAL, 0, Duration.ZERO, new Claims.Wishes("patient", two, Set.of()), null);
        ToSend second =
                new ToSend(OUTGOING, Lane.NORMAL, 1, Duration.ZERO, new Claims.Wishes("patient", two, Set.of()), null);

        assertThat(judge.of(first, busy, TIMING, 0.5).dueIn()).isEqualTo(Duration.ofMinutes(2));
        assertThat(judge.of(second, busy, TIMING, 0.5).reason()).isEqualTo(Reason.ATTEMPTS_USED_UP);
    }

    @Test
    void fails_what_cannot_be_tried_again_in_time() {
        Outgoing brief = Outgoings.ordinary()
                .claimedAt(CLAIMED)
                .validFor(Duration.ofSeconds(1))
                .build();

        Verdict verdict = judge.of(
                new ToSend(brief, Lane.NORMAL, 0, Duration.ZERO),
                new Outcome.TryLater("21611", Reason.PROVIDER_BUSY, Pace.MUCH_LATER),
                TIMING,
                0.5);

        assertThat(verdict)
                .isEqualTo(Verdict.settled(
                        brief, MessageStatus.FAILED, Reason.VALIDITY_PASSED, tried("try_later", "21611", null)));
    }

    private static final Outgoing OUTGOING =
            Outgoings.ordinary().claimedAt(CLAIMED).build();

    private Verdict judged(Outcome outcome) {
        return judge.of(new ToSend(OUTGOING, Lane.NORMAL, 0, Duration.ZERO), outcome, TIMING, 0.5);
    }

    private static Tried tried(String outcome, @Nullable String code, @Nullable String id) {
        return new Tried("twilio", outcome, code, id, CLAIMED.plusMillis(20), CLAIMED.plusMillis(90));
    }

    private static Judge judge(Judge.Alternatives alternatives) {
        Retries retries = new Retries(
                new Retry(8, Duration.ofSeconds(1), Duration.ofMinutes(5)),
                Map.of("patient", new RetryWish(null, Duration.ofMinutes(2), null, Jitter.NONE)));
        return new Judge("twilio", () -> retries, alternatives);
    }

    @Test
    void goes_to_another_provider_at_once_when_this_one_cannot_be_reached() {
        Outcome away = new Outcome.TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY);

        Verdict verdict =
                judge((_, _) -> "plivo").of(new ToSend(OUTGOING, Lane.NORMAL, 0, Duration.ZERO), away, TIMING, 0.5);

        assertThat(verdict.status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(verdict.topic()).isEqualTo("plivo");
        assertThat(verdict.dueIn()).isEqualTo(Duration.ZERO);
    }

    @Test
    void goes_to_another_provider_when_only_our_account_here_is_wrong() {
        Outcome wrong = new Outcome.Refused("21606", Reason.PROVIDER_CONFIGURATION);
        Outcome invalid = new Outcome.Refused("21211", Reason.REFUSED_BY_PROVIDER);
        Judge judge = judge((_, _) -> "plivo");
        ToSend claimed = new ToSend(OUTGOING, Lane.NORMAL, 0, Duration.ZERO);

        assertThat(judge.of(claimed, wrong, TIMING, 0.5).topic()).isEqualTo("plivo");
        assertThat(judge.of(claimed, invalid, TIMING, 0.5).status()).isEqualTo(MessageStatus.FAILED);
    }

    @Test
    void goes_to_another_provider_as_often_as_there_are_tries_however_often_it_was_given_back() {
        Outcome wrong = new Outcome.Refused("21606", Reason.PROVIDER_CONFIGURATION);
        Judge judge = judge((_, _) -> "plivo");
        Outgoing givenBackOften = new Outgoing(
                OUTGOING.id(),
                500,
                OUTGOING.channel(),
                OUTGOING.recipient(),
                null,
                OUTGOING.content(),
                CLAIMED,
                OUTGOING.validFor(),
                OUTGOING.sendBy(),
                OUTGOING.account());

        assertThat(judge.of(new ToSend(givenBackOften, Lane.NORMAL, 6, Duration.ZERO), wrong, TIMING, 0.5)
                        .topic())
                .isEqualTo("plivo");
        assertThat(judge.of(new ToSend(givenBackOften, Lane.NORMAL, 7, Duration.ZERO), wrong, TIMING, 0.5)
                        .status())
                .isEqualTo(MessageStatus.FAILED);
    }

    @Test
    void leaves_a_provider_that_stays_busy_before_the_tries_are_used_up() {
        Outcome busy = new Outcome.TryLater("20429", Reason.PROVIDER_BUSY, Pace.BUSY);
        Judge judge = judge((_, _) -> "plivo");

        assertThat(judge.of(new ToSend(OUTGOING, Lane.NORMAL, 1, Duration.ZERO), busy, TIMING, 0.5)
                        .topic())
                .isEqualTo("twilio");
        assertThat(judge.of(new ToSend(OUTGOING, Lane.NORMAL, 2, Duration.ZERO), busy, TIMING, 0.5)
                        .topic())
                .isEqualTo("plivo");
    }
}
