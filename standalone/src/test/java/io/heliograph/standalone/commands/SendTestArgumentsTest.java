package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendTestArgumentsTest {
    @Test
    void are_a_message_by_either_pair_of_names() {
        JsonObject body = new JsonObject().put("to", "+15005550011").put("text", "Hi");

        assertThat(parse("--phone", "+15005550011", "--message", "Hi"))
                .isEqualTo(parse("--to", "+15005550011", "--text", "Hi"))
                .isEqualTo(new SendTestArguments.Message(body));
    }

    @Test
    void are_an_event_of_a_user() {
        assertThat(parse("--user", "ann", "--type", "welcome", "--data", "{\"name\":\"Ann\"}"))
                .isEqualTo(new SendTestArguments.Event(new JsonObject()
                        .put("type", "welcome")
                        .put("user", "ann")
                        .put("data", new JsonObject().put("name", "Ann"))));
        assertThat(parse("--user", "ann"))
                .isInstanceOfSatisfying(
                        SendTestArguments.Event.class,
                        event -> assertThat(event.body().getString("type")).isEqualTo("order_created"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--phone",
                "phone +15005550010",
                "--user ann --message Hi",
                "--type welcome",
                "--user ann --data [1]"
            })
    void are_no_mixture_of_both(String line) {
        assertThat(parse(line.split(" "))).isInstanceOf(SendTestArguments.Mistake.class);
    }

    private static SendTestArguments parse(String... arguments) {
        return SendTestArguments.parse(List.of(arguments));
    }
}
