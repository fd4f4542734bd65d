package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource(delimiter = '|', textBlock = """
                --phone                    | --phone wants a value
                hello                      | "hello" is no option; a text goes after --message, a number after --phone
                --phoen 12                 | there is no option --phoen, did you mean --phone?
                --fone 12                  | there is no option --fone
                --user ann --message Hi    | --message does not go with --user
                --type welcome             | --type wants --user too
                --user ann --data [1]      | --data must be a JSON object, as in --data '{"order_id":"A17","amount":"₹250"}'
                """)
    void say_what_is_wrong_with_them(String line, String mistake) {
        assertThat(parse(line.split(" "))).isEqualTo(new SendTestArguments.Mistake(mistake));
    }

    @Test
    void say_all_that_is_wrong_at_once() {
        assertThat(parse("--phoen", "12", "hello", "--data", "{}", "--to"))
                .isEqualTo(new SendTestArguments.Mistake("""
                        there is no option --phoen, did you mean --phone?
                        "hello" is no option; a text goes after --message, a number after --phone
                        --to wants a value
                        --data wants --user too"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--phone +15005550010 --help"})
    void ask_for_help(String line) {
        assertThat(parse(line.split(" "))).isInstanceOf(SendTestArguments.Help.class);
        assertThat(SendTestArguments.USAGE).contains("Exits with 0", "with 1", "with 2");
    }

    private static SendTestArguments parse(String... arguments) {
        return SendTestArguments.parse(List.of(arguments));
    }
}
