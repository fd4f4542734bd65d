package io.heliograph.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"\\/\b\f\n\r\t\u0001", "äß€🙂", "</script>", "\u2028"})
    void writes_strings_that_every_parser_reads(String text) {
        String json = new JsonText().raw("{\"x\":").string(text).raw("}").toString();

        assertThat(new JsonObject(json).getString("x")).isEqualTo(text);
    }

    @Test
    void writes_null_and_numbers() {
        assertThat(new JsonText().string(null).raw(",").raw(5).toString()).isEqualTo("null,5");
    }
}
