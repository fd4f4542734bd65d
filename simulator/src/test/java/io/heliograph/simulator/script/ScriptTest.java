package io.heliograph.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.simulator.ledger.Provider;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rule decides, and when. */
class ScriptTest {
    private static final long START = 1_795_080_000_000L;
    private static final String TO = "+15005550010";

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void a_rule_is_there_from_its_beginning_until_just_before_its_end() {
        Script script = script("{\"from_s\": 5, \"until_s\": 35.5, \"answer\": {\"kind\": \"silence\"}}");

        assertThat(answer(script, START)).isInstanceOf(Answer.Created.class);
        assertThat(answer(script, START + 4_999)).isInstanceOf(Answer.Created.class);
        assertThat(answer(script, START + 5_000)).isInstanceOf(Answer.Silence.class);
        assertThat(answer(script, START + 35_499)).isInstanceOf(Answer.Silence.class);
        assertThat(answer(script, START + 35_500)).isInstanceOf(Answer.Created.class);
    }

    @Test
    void recipient_goes_before_sender_and_sender_before_provider() {
        Script script = script("{\"provider\": \"plivo\", \"answer\": {\"kind\": \"html\"}},"
                + "{\"from\": \"1\", \"answer\": {\"kind\": \"empty\"}},"
                + "{\"to_suffix\": \"11\", \"answer\": {\"kind\": \"garbage\"}},"
                + "{\"answer\": {\"kind\": \"reset\"}}");

        assertThat(answer(script, Provider.TWILIO, "2", TO)).isInstanceOf(Answer.Reset.class);
        assertThat(answer(script, Provider.PLIVO, "2", TO)).isInstanceOf(Answer.Html.class);
        assertThat(answer(script, Provider.PLIVO, "1", TO)).isInstanceOf(Answer.Empty.class);
        assertThat(answer(script, Provider.PLIVO, "1", "+15005550011")).isInstanceOf(Answer.Garbage.class);
    }

    @Test
    void a_call_is_decided_once_and_its_messages_one_by_one() {
        Script script = script("{\"times\": 1, \"answer\": {\"kind\": \"html\"}},"
                + "{\"to_suffix\": \"1\", \"answer\": {\"kind\": \"error\", \"code\": 400}},"
                + "{\"to_suffix\": \"2\", \"times\": 1, \"answer\": {\"kind\": \"silence\"}}");

        CallBehaviour overruled = call(script, TO, "+15005550012");
        CallBehaviour usual = call(script, TO, "+15005550011");
        CallBehaviour refused = call(script, "+15005550011", "+15005550021");

        assertThat(overruled.answer()).isInstanceOf(Answer.Silence.class);
        assertThat(usual.answer()).isInstanceOf(Answer.Created.class);
        assertThat(usual.messages().getFirst().refusal()).isNull();
        assertThat(usual.messages().getLast().refusal()).isEqualTo(new Answer.Refused(400, null));
        assertThat(refused.answer()).isEqualTo(new Answer.Refused(400, null));
    }

    @Test
    void a_rule_that_counts_by_recipient_is_about_each_of_them() {
        Script script =
                script("{\"times\": 1, \"counted\": \"recipient\", \"answer\": {\"kind\": \"error\", \"code\": 400}}");

        assertThat(call(script, TO).answer()).isInstanceOf(Answer.Refused.class);
        CallBehaviour second = call(script, TO, "+15005550011");

        assertThat(second.answer()).isInstanceOf(Answer.Created.class);
        assertThat(second.messages().getFirst().refusal()).isNull();
        assertThat(second.messages().getLast().refusal()).isNotNull();
    }

    private CallBehaviour call(Script script, String... recipients) {
        return script.behaviour(new Moment(Provider.PLIVO, null, 0, START), List.of(recipients), null, random);
    }

    private Answer answer(Script script, long now) {
        return script.behaviour(new Moment(Provider.TWILIO, null, 0, now), TO, null, random)
                .answer();
    }

    private Answer answer(Script script, Provider provider, @Nullable String sender, String to) {
        return script.behaviour(new Moment(provider, sender, 0, START), to, null, random)
                .answer();
    }

    private static Script script(String rules) {
        return switch (ScriptJson.read(new JsonObject("{\"rules\": [" + rules + "]}"), START)) {
            case ScriptJson.Reading.Read read -> read.script();
            case ScriptJson.Reading.Mistaken mistaken -> throw new AssertionError(mistaken.mistakes());
        };
    }
}
