package io.heliograph.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidsTest {
    private final Sids sids = new Sids(0x1234_5678_9abc_def0L);

    @Test
    void finds_the_number_in_a_sid_again() {
        Set<String> made = new HashSet<>();
        for (long sequence = 1; sequence < 10_000; sequence++) {
            String sid = sids.sid("SM", sequence);
            assertThat(sid).matches("SM[0-9a-f]{32}");
            assertThat(sids.sequence(sid)).isEqualTo(sequence);
            assertThat(made.add(sid)).isTrue();
        }
    }

    @Test
    void finds_the_number_in_a_uuid_again() {
        String uuid = sids.uuid(7);

        assertThat(uuid).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(sids.sequenceOfUuid(uuid)).isEqualTo(7);
        assertThat(sids.sequenceOfUuid("00000000-0000-0000-0000-000000000000")).isEqualTo(-1);
        assertThat(sids.sequenceOfUuid("x".repeat(36))).isEqualTo(-1);
    }

    @Test
    void makes_words_of_fifteen_characters() {
        Set<String> made = new HashSet<>();
        for (long sequence = 1; sequence < 10_000; sequence++) {
            assertThat(sids.word(sequence)).matches("[0-9a-z]{15}");
            assertThat(made.add(sids.word(sequence))).isTrue();
        }
    }

    @Test
    void reads_upper_case_too() {
        String sid = "SM" + sids.sid("SM", 7).substring(2).toUpperCase(Locale.ROOT);

        assertThat(sids.sequence(sid)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SM", "SM0123456789abcdef0123456789abcdef", "SMxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
    void does_not_know_others(String sid) {
        assertThat(sids.sequence(sid)).isEqualTo(-1);
    }

    @Test
    void makes_other_sids_with_another_key() {
        assertThat(new Sids(1).sequence(sids.sid("SM", 7))).isEqualTo(-1);
    }

    @Test
    void mixes_without_loss() {
        for (long value : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0x0123_4567_89ab_cdefL}) {
            assertThat(Mix.unmix(Mix.mix(value))).isEqualTo(value);
        }
    }
}
