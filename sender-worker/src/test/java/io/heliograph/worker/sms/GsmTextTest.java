package io.heliograph.worker.sms;

import static org.assertj.core.api.Assertions.assertThat;

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
}
