package io.heliograph.worker.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GsmTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "See you at ten, £5 [sic] {ok} ~ €", "Grüße\nÇ ñ"})
    void fits(String text) {
        assertThat(GsmText.fits(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ç", "`", "नमस्ते", "🎉", "tab\there", "“quoted”"})
    void needs_more(String text) {
        assertThat(GsmText.fits(text)).isFalse();
    }

    @Test
    void counts_the_segments_of_a_text() {
        assertThat(GsmText.segments("")).isEqualTo(1);
        assertThat(GsmText.segments("a".repeat(160))).isEqualTo(1);
        assertThat(GsmText.segments("a".repeat(161))).isEqualTo(2);
        assertThat(GsmText.segments("€".repeat(80))).isEqualTo(1);
        assertThat(GsmText.segments("a" + "€".repeat(80))).isEqualTo(2);
        // An euro that does not fit whole begins the next one.
        assertThat(GsmText.segments("a".repeat(152) + "€".repeat(76) + "aa")).isEqualTo(3);
        assertThat(GsmText.segments("न".repeat(70))).isEqualTo(1);
        assertThat(GsmText.segments("न".repeat(71))).isEqualTo(2);
        assertThat(GsmText.segments("🎉".repeat(67))).isEqualTo(3);
    }
}
