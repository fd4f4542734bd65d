package io.heliograph.gateway.sos.replies;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.sos.replies.ReplyText.Unclear;
import io.heliograph.gateway.sos.replies.ReplyText.Word;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What donors mean by what they write. */
class ReplyTextTest {
    @ParameterizedTest
    @CsvSource({
        "YES K7M4P, true, false, K7M4P",
        "yes k7m4p, true, false, K7M4P",
        "'  Yes   K7M4P!  ', true, false, K7M4P",
        "'Yes, K7M4P.', true, false, K7M4P",
        "NO K7M4P, false, false, K7M4P",
        "nO-k7m4p, false, false, K7M4P",
        "YES SHARE K7M4P, true, true, K7M4P",
        "yes k7m4p share, true, true, K7M4P",
        "SHARE, true, true, ",
        "share k7m4p, true, true, K7M4P",
        "YES, true, false, ",
        "no, false, false, ",
        "Yes please, true, false, ",
        "'No, sorry', false, false, ",
        "'\u201CYES\u201D', true, false, ",
        "'yes\n\nK7M4P', true, false, K7M4P",
        "ＹＥＳ ｋ７ｍ４ｐ, true, false, K7M4P",
        "'yes \uD83D\uDE4F', true, false, ",
        "हाँ, true, false, ",
        "नहीं K7M4P, false, false, K7M4P",
        "YES K7M40, true, false, K7M40"
    })
    void a_word_with_or_without_a_token_is_understood(String text, boolean isYes, boolean share, String token) {
        assertThat(ReplyText.of(text)).isEqualTo(new Word(isYes, share, token));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\uD83D\uDE00\uD83D\uDE00",
                "K7M4P",
                "hello",
                "yes no",
                "no share",
                "No problem, I come",
                "no worries",
                "Yes but only tomorrow",
                "YES K7M4P C3D4F",
                "yesterday",
                "please share with others"
            })
    void what_says_more_or_less_than_that_is_no_answer(String text) {
        assertThat(ReplyText.of(text)).isEqualTo(new Unclear());
    }

    @ParameterizedTest
    @ValueSource(ints = {161, 10_000})
    void a_long_text_is_no_answer(int length) {
        assertThat(ReplyText.of("YES " + " ".repeat(length))).isEqualTo(new Unclear());
    }
}
