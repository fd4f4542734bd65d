package io.heliograph.worker.unknown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownPolicyTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration EARLY = Duration.ofSeconds(2);

    private final UnknownPolicy policy = new UnknownPolicy(WINDOW);

    @Test
    void takes_the_only_one_that_it_can_be() {
        assertThat(policy.decide(seen("SM1"), 1, EARLY, false)).isEqualTo(new Resolution.ItIs("SM1"));
    }

    @Test
    void takes_what_the_provider_names_by_our_own_id_even_among_equals() {
        Evidence certain = new Evidence(true, true, List.of("SM1"), true);

        assertThat(policy.decide(certain, 1, EARLY, false)).isEqualTo(new Resolution.ItIs("SM1"));
    }

    @Test
    void does_not_choose_among_several() {
        assertThat(policy.decide(seen("SM1", "SM2"), 1, EARLY, false)).isInstanceOf(Resolution.LookAgain.class);
        assertThat(policy.decide(seen("SM1", "SM2"), 1, WINDOW, false)).isEqualTo(new Resolution.GiveUp());
    }

    @Test
    void takes_either_of_two_that_its_own_two_attempts_can_have_made() {
        assertThat(policy.decide(seen("SM1", "SM2"), 2, WINDOW, true)).isEqualTo(new Resolution.ItIs("SM1"));
        assertThat(policy.decide(seen("SM1", "SM2", "SM3"), 2, WINDOW, true)).isEqualTo(new Resolution.SendAgain());
    }

    @Test
    void does_not_take_what_another_message_in_doubt_could_be_as_well() {
        Evidence rivalled = new Evidence(true, false, List.of("SM1"), true);

        assertThat(policy.decide(rivalled, 1, EARLY, false)).isInstanceOf(Resolution.LookAgain.class);
    }

    @Test
    void looks_at_growing_intervals_until_the_window_ends() {
        List<Long> pauses = new ArrayList<>();
        Duration unknownFor = Duration.ofSeconds(2);
        while (policy.decide(Evidence.NONE, 1, unknownFor, false) instanceof Resolution.LookAgain(Duration pause)) {
            pauses.add(pause.toMillis());
            unknownFor = unknownFor.plus(pause);
        }

        assertThat(pauses).startsWith(2_000L, 2_000L, 3_000L, 4_500L, 6_750L).contains(60_000L);
        assertThat(unknownFor).isEqualTo(WINDOW);
    }

    @Test
    void lets_the_message_decide_when_the_window_has_ended() {
        assertThat(policy.decide(Evidence.NONE, 1, WINDOW, false)).isEqualTo(new Resolution.GiveUp());
        assertThat(policy.decide(Evidence.NONE, 1, WINDOW, true)).isEqualTo(new Resolution.SendAgain());
    }

    @Test
    void waits_for_an_answer_as_long_as_the_window_again() {
        Duration last = WINDOW.multipliedBy(2).minusSeconds(5);

        assertThat(policy.decide(Evidence.UNANSWERED, 1, WINDOW, true))
                .isEqualTo(new Resolution.LookAgain(Duration.ofMinutes(1)));
        assertThat(policy.decide(Evidence.UNANSWERED, 1, last, true))
                .isEqualTo(new Resolution.LookAgain(Duration.ofSeconds(5)));
        assertThat(policy.decide(Evidence.UNANSWERED, 1, WINDOW.multipliedBy(2), false))
                .isEqualTo(new Resolution.GiveUp());
        assertThat(policy.decide(Evidence.UNANSWERED, 1, WINDOW.multipliedBy(2), true))
                .isEqualTo(new Resolution.SendAgain());
    }

    @Test
    void waits_no_longer_than_half_an_hour_for_an_answer() {
        Duration days = Duration.ofDays(2);

        assertThat(new UnknownPolicy(days).decide(Evidence.UNANSWERED, 1, days.plusMinutes(29), false))
                .isInstanceOf(Resolution.LookAgain.class);
        assertThat(new UnknownPolicy(days).decide(Evidence.UNANSWERED, 1, days.plusMinutes(30), false))
                .isEqualTo(new Resolution.GiveUp());
    }

    @Test
    void still_takes_proof_after_the_window() {
        assertThat(policy.decide(seen("SM1"), 1, WINDOW.multipliedBy(2), true)).isEqualTo(new Resolution.ItIs("SM1"));
    }

    private static Evidence seen(String... ids) {
        return new Evidence(true, false, List.of(ids), false);
    }
}
