package io.heliograph.gateway.notifications.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class DltPatternTest {
    @Test
    void tells_what_stands_in_the_slots_of_a_text_that_fits() {
        assertThat(pattern("Dear {#var#}, order {#var#} is in.").values("Dear Ann, order A, order B is in."))
                .containsExactly("Ann", "A, order B");
        assertThat(pattern("Nothing to fill in").values("Nothing to fill in")).isEmpty();
        assertThat(pattern("{#var#}!").values("!")).containsExactly("");
    }

    @Test
    void takes_no_other_text() {
        assertThat(pattern("Order {#var#} is in.").values("Order A is out.")).isNull();
        assertThat(pattern("Order {#var#} is in.").values("Order A is in. ")).isNull();
        assertThat(pattern("Code {#numeric#}").values("Code 12a")).isNull();
        assertThat(pattern("Code {#numeric#}").values("Code 123")).containsExactly("123");
        // Operators' own variables are one text with bars between them.
        assertThat(pattern("Order {#var#}").values("Order A|B")).isNull();
    }

    @Test
    void lets_a_slot_hold_thirty_characters_and_two_slots_sixty() {
        assertThat(pattern("{#var#}.").values("x".repeat(30) + ".")).isNotNull();
        assertThat(pattern("{#var#}.").values("x".repeat(31) + ".")).isNull();
        assertThat(pattern("{#var#}{#var#}.").values("x".repeat(60) + ".")).isNotNull();
    }

    @Test
    void looks_at_no_place_twice_however_many_slots_there_are() {
        DltPattern pattern = pattern("{#var#}".repeat(30) + "!");

        assertThat(pattern.values("x".repeat(900))).isNull();
        assertThat(pattern.values("x".repeat(900) + "!")).isNotNull();
    }

    @Test
    void knows_the_slots_of_operators_and_no_others() {
        assertThat(DltPattern.of("{#name#}")).isNull();
        assertThat(DltPattern.of("{#var#}".repeat(31))).isNull();
    }

    private static DltPattern pattern(String text) {
        return Objects.requireNonNull(DltPattern.of(text));
    }
}
