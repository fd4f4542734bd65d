package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayArgumentsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void become_the_request_of_the_api() {
        ReplayArguments asked = parse("--cause ours --provider twilio --since 2h --until 2026-11-20T11:00:00+01:00"
                + " --rate 50 --max 7 --dry-run --include-possible-duplicates");

        assertThat(asked.max()).isEqualTo(7);
        assertThat(asked.request())
                .isEqualTo(new JsonObject()
                        .put(
                                "filter",
                                new JsonObject()
                                        .put("cause", "ours")
                                        .put("provider", "twilio")
                                        .put("since", "2026-11-20T10:00:00Z")
                                        .put("until", "2026-11-20T11:00:00+01:00"))
                        .put("rate_per_second", 50)
                        .put("dry_run", true)
                        .put("include_possible_duplicates", true));
    }

    @Test
    void may_have_their_values_behind_a_sign_of_equality() {
        ReplayArguments asked = parse("--channel=web_push --reason a=b --rate=5 --max=7");

        assertThat(asked.max()).isEqualTo(7);
        assertThat(asked.request())
                .isEqualTo(new JsonObject()
                        .put(
                                "filter",
                                new JsonObject().put("channel", "web_push").put("reason", "a=b"))
                        .put("rate_per_second", 5));
        assertThat(ReplayArguments.USAGE).contains("web_push");
    }

    @Test
    void mean_everything_only_when_they_say_so() {
        assertThat(parse("--all").request()).isEqualTo(new JsonObject().put("filter", new JsonObject()));
        assertThatThrownBy(() -> parse("--dry-run")).hasMessageContaining("or --all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--colour red",
                "--cause",
                "--all --rate 0",
                "--all --rate=",
                "--all=yes",
                "--all --rate 1001",
                "--all --max x",
                "--all --cause ours"
            })
    void are_refused_when_they_are_wrong(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ReplayArguments parse(String line) {
        return ReplayArguments.parse(List.of(line.split(" ", -1)), NOW);
    }
}
