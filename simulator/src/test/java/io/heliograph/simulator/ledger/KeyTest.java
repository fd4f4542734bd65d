package io.heliograph.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+15005550010",
                "+0015005550010",
                "whatsapp:+4915112345678",
                "rcs:+1",
                "0199f0a1-1234-7abc-8def-0123456789ab",
                "ffffffff-ffff-4fff-bfff-ffffffffffff"
            })
    void can_be_read_back(String text) {
        assertThat(Key.of(text).text()).isEqualTo(text);
        assertThat(Key.of(text).isReadable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "one",
                "+",
                "+1500x",
                "+1234567890123456789",
                "0199F0A1-1234-7ABC-8DEF-0123456789AB",
                "00000000-0000-0000-0000-000000000000"
            })
    void is_a_hash_of_anything_else(String text) {
        assertThat(Key.of(text).text()).isNull();
        assertThat(Key.of(text).isReadable()).isFalse();
        assertThat(Key.of(text)).isEqualTo(Key.of(text)).isNotEqualTo(Key.of(text + '.'));
    }

    @Test
    void tells_apart_what_looks_alike() {
        assertThat(Key.of("+15005550010"))
                .isNotEqualTo(Key.of("whatsapp:+15005550010"))
                .isNotEqualTo(Key.of("15005550010"))
                .isNotEqualTo(Key.of("+015005550010"));
    }
}
