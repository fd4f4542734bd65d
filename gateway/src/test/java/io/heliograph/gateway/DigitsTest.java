package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.notifications.verifications.codes.Digits;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** Codes are as good as they are long. */
class DigitsTest {
    private final Digits digits = new Digits(new SecureRandom());

    @Test
    void has_the_length_that_is_asked_for_with_its_zeros() {
        for (int length = Digits.LENGTH_MIN; length <= Digits.LENGTH_MAX; length++) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(digits.draw(length)).matches("[0-9]{" + length + "}");
            }
        }
    }

    /** Each digit in each place a tenth of the time: off by less than seven standard deviations. */
    @Test
    void draws_every_digit_as_often_in_every_place() {
        int codes = 40_000;
        int[][] counts = new int[6][10];
        for (int i = 0; i < codes; i++) {
            String code = digits.draw(6);
            for (int place = 0; place < 6; place++) {
                counts[place][code.charAt(place) - '0']++;
            }
        }

        for (int[] place : counts) {
            for (int count : place) {
                assertThat(count).isBetween(codes / 10 - 420, codes / 10 + 420);
            }
        }
    }
}
