package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "See you at ten, £5 [sic] {ok} ~ €", "Grüße\nÇ ñ"})
    void knows_what_is_in_the_gsm_alphabet(String text) {
        assertThat(Segments.isGsm(text)).isTrue();
        assertThat(Segments.of(text).encoding()).isEqualTo("gsm7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ç", "`", "नमस्ते", "🎉", "tab\there", "“quoted”"})
    void knows_what_is_not_in_the_gsm_alphabet(String text) {
        assertThat(Segments.isGsm(text)).isFalse();
        assertThat(Segments.of(text).encoding()).isEqualTo("ucs2");
    }

    @ParameterizedTest
    @CsvSource({
        // A piece of text | how often | segments
        "a, 0, 1",
        "a, 1, 1",
        "a, 160, 1",
        "a, 161, 2",
        "a, 306, 2",
        "a, 307, 3",
        "a, 459, 3",
        "a, 460, 4",
        "a, 1530, 10",
        "a, 1600, 11",
        // Two septets each
        "€, 80, 1",
        "€, 81, 2",
        // 76 fit into a segment of a chain, because a pair is not split
        "€, 152, 2",
        "€, 153, 3"
    })
    void counts_septets_of_the_gsm_alphabet(String piece, int times, int count) {
        assertThat(Segments.of(piece.repeat(times))).isEqualTo(new Segments("gsm7", count));
    }

    @ParameterizedTest
    @CsvSource({
        // Septets before a pair | septets after it | segments
        "151, 8, 2",
        "152, 7, 2",
        "158, 0, 1",
        "159, 0, 2",
        "151, 153, 2",
        "152, 151, 2",
        "152, 152, 3"
    })
    void never_splits_an_extension_pair(int before, int after, int count) {
        assertThat(Segments.of("a".repeat(before) + "€" + "a".repeat(after)).count())
                .isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({
        "✓, 1, 1",
        "✓, 70, 1",
        "✓, 71, 2",
        "✓, 134, 2",
        "✓, 135, 3",
        "😀, 35, 1",
        "😀, 36, 2",
        "😀, 66, 2",
        "😀, 67, 3"
    })
    void counts_utf_16_units_of_any_other_text(String piece, int times, int count) {
        assertThat(Segments.of(piece.repeat(times))).isEqualTo(new Segments("ucs2", count));
    }

    @ParameterizedTest
    @CsvSource({"65, 67, 2", "66, 65, 2", "66, 66, 3"})
    void never_splits_a_surrogate_pair(int before, int after, int count) {
        assertThat(Segments.of("✓".repeat(before) + "😀" + "✓".repeat(after)).count())
                .isEqualTo(count);
    }

    @Test
    void takes_ucs2_for_the_whole_text_because_of_one_character() {
        assertThat(Segments.of("a".repeat(70) + "✓")).isEqualTo(new Segments("ucs2", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
                "\f^{}\\[~]|€"
            })
    void knows_the_whole_gsm_alphabet(String alphabet) {
        assertThat(alphabet.codePoints().mapToObj(Character::toString))
                .allSatisfy(c -> assertThat(Segments.of(c).encoding()).isEqualTo("gsm7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ç", "`", "á", "í", "ó", "ú", "\t", "‘", "’", "“", "”", "–", "…", "\u00a0", "Α", "ω", "\u20ab",
                "\uffff", "あ"
            })
    void knows_what_only_looks_like_it(String c) {
        assertThat(Segments.of(c).encoding()).isEqualTo("ucs2");
    }
}
