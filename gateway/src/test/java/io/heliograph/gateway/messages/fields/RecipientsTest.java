package io.heliograph.gateway.messages.fields;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientsTest {
    @ParameterizedTest
    @CsvSource({
        "+15005550010, US, +15005550010",
        "(500) 555-0010, US, +15005550010",
        "500.555.0010, US, +15005550010",
        "1-500-555-0010, US, +15005550010",
        "+1 500 555 0010, IN, +15005550010",
        "011 91 98765 43210, US, +919876543210",
        "98765 43210, IN, +919876543210",
        "098765 43210, IN, +919876543210",
        "+91 (98765) 43210, US, +919876543210",
        "020 7946 0018, GB, +442079460018",
        "+44 (0)20 7946 0018, US, +442079460018",
        "+39 06 1234 5678, US, +390612345678",
        "＋１５００５５５００１０, US, +15005550010",
        "+١٥٠٠٥٥٥٠٠١٠, US, +15005550010"
    })
    void become_e164_however_they_are_written(String text, String region, String e164) {
        assertThat(new Recipients(region).e164(text)).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "hello",
                "911",
                "555-0010",
                "+1",
                "+1500555001",
                "+150055500100",
                "+0123456789",
                "+999123456789",
                "+1234567890123456",
                "1-800-FLOWERS",
                "+15005550010 ext. 5",
                "+15005550010;ext=5",
                "+15005550010 or +15005550011",
                "tel:+15005550010",
                "++15005550010",
                "+1500555\n0010",
                "+1500555001000000000000000000000000000000000000000000"
            })
    void are_refused_when_they_cannot_be_anyones_number(String text) {
        assertThat(new Recipients("US").e164(text)).isNull();
    }

    @Test
    void are_taken_in_a_range_that_no_table_knows_because_ranges_open_all_the_time() {
        assertThat(new Recipients("US").e164("+1 999 999 9999")).isEqualTo("+19999999999");
    }

    @Test
    void know_a_region_from_a_word() {
        assertThat(Recipients.isRegion("US")).isTrue();
        assertThat(Recipients.isRegion("IN")).isTrue();
        assertThat(Recipients.isRegion("us")).isFalse();
        assertThat(Recipients.isRegion("EU")).isFalse();
    }
}
