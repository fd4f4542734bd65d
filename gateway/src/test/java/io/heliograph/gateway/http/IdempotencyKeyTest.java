package io.heliograph.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":2} | { \"b\" : 2, \"a\" : 1 }",
                "{\"a\":{\"x\":1,\"y\":2}} | {\"a\":{\"y\":2,\"x\":1}}",
                "{\"a\":[{\"x\":1,\"y\":2}]} | {\"a\":[{\"y\":2,\"x\":1}]}",
                "{\"a\":[[{\"x\":1,\"y\":2}]]} | {\"a\":[[{\"y\":2,\"x\":1}]]}",
                "{\"a\":\"\\u00e9\"} | {\"a\":\"é\"}"
            })
    void is_equal_for_bodies_that_mean_the_same(String one, String other) {
        assertThat(hash(one)).isEqualTo(hash(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {\"a\":null}",
                "{\"a\":1} | {\"a\":\"1\"}",
                "{\"a\":1} | {\"a\":2}",
                "{\"a\":true} | {\"a\":\"true\"}",
                "{\"a\":null} | {\"a\":\"null\"}",
                "{\"a\":[1,2]} | {\"a\":[2,1]}",
                "{\"a\":[1,2]} | {\"a\":[12]}",
                "{\"a\":[\"1,2\"]} | {\"a\":[\"1\",\"2\"]}",
                "{\"a\":[[1],2]} | {\"a\":[[1,2]]}",
                "{\"a\":\"\\\"1:b\"} | {\"a\":\"b\"}",
                "{\"ab\":\"c\"} | {\"a\":\"bc\"}",
                "{\"a\":{\"b\":1}} | {\"a\":{},\"b\":1}",
                "{\"a\":{}} | {\"a\":[]}"
            })
    void differs_for_bodies_that_mean_something_else(String one, String other) {
        assertThat(hash(one)).isNotEqualTo(hash(other));
    }

    @Test
    void differs_by_operation() {
        JsonObject body = new JsonObject();

        assertThat(IdempotencyKey.hash("message", body)).isNotEqualTo(IdempotencyKey.hash("batch", body));
    }

    @Test
    void is_equal_for_json_that_was_read_and_json_that_was_put_together() {
        JsonObject built = new JsonObject()
                .put("a", new JsonArray().add(new JsonObject().put("y", 2).put("x", 1)));

        assertThat(IdempotencyKey.hash("message", built)).isEqualTo(hash("{\"a\":[{\"x\":1,\"y\":2}]}"));
    }

    @Test
    void is_a_sha256() {
        assertThat(hash("{}").length()).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "order-1", "!~", "0190-ffff"})
    void is_valid_when_it_can_be_printed(String key) {
        assertThat(IdempotencyKey.isValid(key)).isTrue();
        assertThat(IdempotencyKey.isValid(key.repeat(40))).isEqualTo(key.length() * 40 <= 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "é", "\u001f", "\u007f"})
    void is_invalid_otherwise(String key) {
        assertThat(IdempotencyKey.isValid(key)).isFalse();
    }

    @Test
    void makes_keys_for_items_that_no_client_can_send() {
        assertThat(IdempotencyKey.isValid(IdempotencyKey.ofItem("batch", 7))).isFalse();
        assertThat(IdempotencyKey.ofItem("batch", 1)).isNotEqualTo(IdempotencyKey.ofItem("batch1", 0));
    }

    private static Buffer hash(String json) {
        return IdempotencyKey.hash("message", new JsonObject(json));
    }
}
