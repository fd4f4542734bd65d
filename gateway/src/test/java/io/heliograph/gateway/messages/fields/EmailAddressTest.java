package io.heliograph.gateway.messages.fields;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @CsvSource({
        "ann@example.com, ann@example.com",
        "Ann.Lee+tables@Example.COM, Ann.Lee+tables@example.com",
        "o'brien@mail.example.co.uk, o'brien@mail.example.co.uk",
        "a@b.io, a@b.io",
        "ann@bücher.example, ann@xn--bcher-kva.example",
        "ann@例え.テスト, ann@xn--r8jz45g.xn--zckzah",
        "1@1.example, 1@1.example"
    })
    void takes_addresses_as_people_have_them(String written, String normal) {
        assertThat(EmailAddress.normal(written)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ann",
                "ann@",
                "@example.com",
                "ann@localhost",
                "ann@example.",
                "ann@.example",
                "ann@exa mple.com",
                "ann @example.com",
                ".ann@example.com",
                "ann.@example.com",
                "an..n@example.com",
                "ann@@example.com",
                "ann@bob@example.com",
                "Ann <ann@example.com>",
                "<ann@example.com>",
                "\"ann lee\"@example.com",
                "ann@[127.0.0.1]",
                "ann@127.0.0.1",
                "ann@-example.com",
                "ann@example-.com",
                "ann@exa_mple.com",
                "jürgen@example.com",
                "ann@example.com\n",
                "ann@example.com\r\nBcc: bob@example.com",
                "ann,bob@example.com"
            })
    void takes_nothing_that_is_none_or_would_be_more_than_one(String written) {
        assertThat(EmailAddress.normal(written)).isNull();
    }

    @Test
    void takes_none_that_is_longer_than_mail_carries() {
        String domain = ("d".repeat(60) + ".").repeat(3) + "example.com";

        assertThat(EmailAddress.normal("x".repeat(64) + "@example.com")).isNotNull();
        assertThat(EmailAddress.normal("x".repeat(65) + "@example.com")).isNull();
        assertThat(EmailAddress.normal("x".repeat(59) + "@" + domain)).hasSize(254);
        assertThat(EmailAddress.normal("x".repeat(60) + "@" + domain)).isNull();
    }
}
