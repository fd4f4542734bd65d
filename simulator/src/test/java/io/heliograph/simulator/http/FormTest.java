package io.heliograph.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
    @Test
    void reads_names_and_values_in_their_order() {
        Form form = Form.parse(
                Buffer.buffer("To=%2B15005550010&Body=a+b%26c%3D%C3%A4%F0%9F%99%82&MediaUrl=1&MediaUrl=2&X"));

        assertThat(form.get("To")).isEqualTo("+15005550010");
        assertThat(form.get("Body")).isEqualTo("a b&c=ä🙂");
        assertThat(form.all("MediaUrl")).containsExactly("1", "2");
        assertThat(form.get("X")).isEmpty();
        assertThat(form.given("X")).isNull();
        assertThat(form.get("Y")).isNull();
        assertThat(form.all("Y")).isEmpty();
    }

    @Test
    void takes_unencoded_utf_8_as_it_is() {
        assertThat(Form.parse(Buffer.buffer("Body=ä🙂")).get("Body")).isEqualTo("ä🙂");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "&&", "=", "%", "a=%", "a=%4", "a=%zz", "=&=", "a==b"})
    void never_fails(String text) {
        assertThat(Form.parse(text)).isNotNull();
    }

    @Test
    void keeps_what_is_not_well_formed() {
        assertThat(Form.parse("a=100%&b=%zz&c=%4").get("a")).isEqualTo("100%");
        assertThat(Form.parse("a=100%&b=%zz&c=%4").get("b")).isEqualTo("%zz");
        assertThat(Form.parse("c=%4").get("c")).isEqualTo("%4");
        assertThat(Form.parse("a==b").get("a")).isEqualTo("=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "+1 500 & = ? # / %", "ä ß 🙂 \n\t", "*-._~"})
    void encodes_so_that_it_can_be_read_back(String text) {
        StringBuilder encoded = new StringBuilder();
        Percent.encode(text, encoded);

        assertThat(encoded.toString()).matches("[A-Za-z0-9%+*._-]*");
        assertThat(URLDecoder.decode(encoded.toString(), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(Percent.decode(encoded.toString())).isEqualTo(text);
    }
}
