package io.heliograph.gateway.booking.talk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line tells of whom a visit is for. */
class PatientTest {
    @ParameterizedTest
    @CsvSource({
        "Ravi Kumar 40, Ravi Kumar, 40",
        "MY NAME IS Ravi, Ravi,",
        // Letters that become two when they are made small.
        "\u0130\u0130\u0130 5, \u0130\u0130\u0130, 5",
        "name \u0130brahim 40, \u0130brahim, 40",
    })
    void is_a_name_and_perhaps_an_age(String line, String name, Integer age) {
        assertThat(Patient.of(line)).isEqualTo(new Patient(name, age));
    }
}
