package io.heliograph.providers.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes of what is no YAML, or no YAML of ours. */
class YamlMistakesTest {
    @Test
    void are_not_made_by_what_yaml_can_share() {
        assertThat(Texts.mistakes("""
            providers:
              a: {kind: log, limits: &same {per_second: 5}}
              b: {kind: log, limits: *same}
            """)).isEmpty();
        assertThat(Texts.mistakes("providers: &all {a: *all}")).isNotEmpty();
    }

    @Test
    void of_keys_that_are_given_twice_name_the_first_line() {
        assertThat(Texts.mistakes("""
            providers:
              dry: {kind: log}
              dry: {kind: log}
            """)).containsExactly("3: providers.dry is given twice, first in line 2");
    }

    @Test
    void of_an_empty_file() {
        assertThat(Texts.mistakes("")).containsExactly("1: providers names no provider");
        assertThat(Texts.mistakes("[]")).containsExactly("1: the file wants a mapping");
    }

    @Test
    void of_yaml_have_a_line() {
        assertThat(Texts.mistakes("a:\n  dry: {kind: log\nb: x\n"))
                .containsExactly("3: the file is not YAML: a bracket is not closed");
        assertThat(Texts.mistakes("a:\n  b:\n    c: 1\n   d: 2\n"))
                .containsExactly("4: the file is not YAML: the indentation does not fit");
        assertThat(Texts.mistakes("a: 1\nb: 'x\nc: 1\n"))
                .containsExactly("2: the file is not YAML: a quote is not closed");
        assertThat(Texts.mistakes("a: 1\nb\nc: 2\n")).containsExactly("2: the file is not YAML: a colon is missing");
        assertThat(Texts.mistakes("a:\n\tb: 1\n")).containsExactly("2: the file is not YAML: a tab cannot indent");
        assertThat(Texts.mistakes("a: @x\n"))
                .containsExactly("1: the file is not YAML: a value has to stand in quotes");
        assertThat(Texts.mistakes("a: b: c"))
                .containsExactly("1: the file is not YAML: there is a colon too many, or the indentation does not fit");
        assertThat(Texts.mistakes("a: 1\n---\nb: 1\n"))
                .containsExactly("2: the file is not YAML: --- begins a second document");
    }

    @Test
    void of_what_no_parser_takes_have_a_line_too() {
        String long1 = "# A comment that is longer than what a parser reads at once.\n".repeat(100);

        assertThat(Texts.mistakes(long1 + "a: 1\nb: \u0007\nc: 1\n"))
                .containsExactly("102: the file holds a control character");
        assertThat(Texts.mistakes(long1 + "a: 1\nb:\n  " + "[".repeat(60) + "]".repeat(60)))
                .containsExactly("103: the file is more than 50 brackets and indentations deep");
        assertThat(Texts.mistakes("- a\n".repeat(1 << 19)))
                .containsExactly("1: the file is longer than 1048576 characters");
        assertThat(Texts.mistakes("a: &a [1]\nb: [" + "*a, ".repeat(60) + "1]\n"))
                .containsExactly("1: the file refers to its own parts too often");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "providers: {a: [s3cret",
                "providers: {a: {kind: twilio, auth_token: *s3cret}}",
                "providers: {a: {kind: twilio, auth_token: !s3cret!x y}}",
                "providers: {a: {kind: twilio, auth_token: %s3cret}}",
                "providers: {a: {kind: twilio, auth_token: \"\\s3cret\"}}",
                "providers: {a: {kind: twilio, auth_token:s3cret}}",
                "providers: {a: {kind: twilio, account_sid: AC1, auth_token: [s3cret], from: [s3cret], timeout: s3cret}}",
                "providers: {a: {kind: s3cret}}",
                "providers: {a: {kind: log, channels: s3cret, prices: {s3cret: s3cret}}}",
                "providers: {a: {kind: log}}\nroutes: {sms: s3cret}",
                "s3cret"
            })
    void quote_no_secret(String text) {
        List<String> mistakes = Texts.mistakes(text);

        assertThat(mistakes).isNotEmpty();
        assertThat(mistakes.toString()).doesNotContain("s3cret");
    }

    @Test
    void come_of_tags_rather_than_objects() {
        assertThat(Texts.mistakes("providers: !!java.net.URL [\"http://localhost\"]"))
                .containsExactly("1: the file is not YAML");
    }
}
