package io.heliograph.gateway.sos.donors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose red cells may be given to whom. */
class BloodGroupTest {
    /** As it hangs in blood banks: the patient's group, and those of all who may give. */
    private static final Map<String, List<String>> CHART = Map.of(
            "O-", List.of("O-"),
            "O+", List.of("O-", "O+"),
            "A-", List.of("O-", "A-"),
            "A+", List.of("O-", "O+", "A-", "A+"),
            "B-", List.of("O-", "B-"),
            "B+", List.of("O-", "O+", "B-", "B+"),
            "AB-", List.of("O-", "A-", "B-", "AB-"),
            "AB+", List.of("O-", "O+", "A-", "A+", "B-", "B+", "AB-", "AB+"));

    static Stream<Arguments> pairs() {
        return Arrays.stream(BloodGroup.values())
                .flatMap(donor -> Arrays.stream(BloodGroup.values()).map(patient -> Arguments.of(donor, patient)));
    }

    @Test
    void there_are_sixty_four_pairs() {
        assertThat(pairs()).hasSize(64);
        assertThat(CHART.keySet()).containsExactlyInAnyOrderElementsOf(BloodGroup.WORDS);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void every_pair_is_as_the_chart_has_it(BloodGroup donor, BloodGroup patient) {
        boolean charted = CHART.getOrDefault(patient.word(), List.of()).contains(donor.word());

        assertThat(donor.canGiveTo(patient)).isEqualTo(charted);
        assertThat(patient.canGetFrom().contains(donor)).isEqualTo(charted);
    }

    @ParameterizedTest
    @CsvSource({
        "O-, O-",
        "o+, O+",
        "A +, A+",
        "ab neg, AB-",
        "AB Negative, AB-",
        "B+ve, B+",
        "b -ve, B-",
        "A (positive), A+",
        "A Rh positive, A+",
        "A pos., A+",
        "O\u2212, O-",
        "0+, O+",
        "ON, O-"
    })
    void is_understood_as_people_write_it(String written, String word) {
        BloodGroup group = BloodGroup.of(written);

        assertThat(group == null ? null : group.word()).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C+", "A", "AB", "+", "A+-", "positive", "AO+", "A++", "\uD83E\uDE78"})
    void anything_else_is_none(String written) {
        assertThat(BloodGroup.of(written)).isNull();
    }
}
