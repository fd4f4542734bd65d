package io.heliograph.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RationTest {
    @Test
    void an_account_with_nothing_to_do_gets_a_fifth_of_a_second() {
        assertThat(new Ration(1_000, 0).rowsMax()).isEqualTo(186);
        assertThat(new Ration(1_000, -60).rowsMax()).isEqualTo(186);
    }

    @Test
    void one_with_enough_gets_nothing_and_one_in_between_the_rest() {
        assertThat(new Ration(1_000, 0.1).rowsMax()).isEqualTo(93);
        assertThat(new Ration(1_000, 0.19).rowsMax())
                .as("not worth an envelope")
                .isZero();
        assertThat(new Ration(1_000, 1).rowsMax()).isZero();
    }

    @Test
    void a_slow_account_gets_its_messages_one_by_one() {
        assertThat(new Ration(1, 0).rowsMax()).isEqualTo(1);
        assertThat(new Ration(1, 0.1).rowsMax()).isZero();
        assertThat(new Ration(1, 0).seconds(2)).isCloseTo(2.15, within(0.01));
    }

    @Test
    void nobody_waits_for_what_a_lower_limit_of_before_would_have_asked() {
        assertThat(new Ration(1_000, 900).rowsMax()).isEqualTo(186);
    }
}
