package io.heliograph.worker.sms.textlocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Reason;
import io.heliograph.worker.http.Reply;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Outgoings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as they are documented, and as they are seen. */
class TextlocalAnswersTest {
    private static final List<Outgoing> CALL =
            List.of(Outgoings.to("+447700900000"), Outgoings.to("+447700900001"), Outgoings.to("+447700900002"));

    @ParameterizedTest
    @ValueSource(strings = {"447700900001", "447700900001.0", "4.47700900001E11", "\"447700900001\""})
    void reads_a_number_however_it_is_written(String recipient) {
        assertThat(outcomes("""
                {"messages":[{"id":"7","recipient":%s}],"status":"success"}
                """.formatted(recipient)))
                .containsExactly(new Unknown("http_200"), new Accepted("7"), new Unknown("http_200"));
    }

    @Test
    void reads_the_messages_of_many_texts_one_level_deeper() {
        assertThat(outcomes("""
                {"total_cost":2.5,"status":"success","messages":[
                  {"batch_id":1,"messages":[{"id":"a","recipient":447700900000}]},
                  {"batch_id":2,"messages":[{"id":"b","recipient":447700900001}]}],
                 "messages_not_sent":[
                  {"number":"447700900002","message":"Hi","error":{"code":192,"message":"Not at this time"}}]}
                """))
                .containsExactly(new Accepted("a"), new Accepted("b"), Meaning.MUCH_LATER.outcome("192"));
    }

    @Test
    void refuses_whom_a_warning_names() {
        assertThat(outcomes("""
                {"warnings":[{"code":3,"message":"Invalid number","numbers":"447700900000,447700900002"}],
                 "messages":[{"id":"b","recipient":447700900001}],"status":"success"}
                """))
                .containsExactly(
                        new Outcome.Refused("invalid_number", Reason.REFUSED_BY_PROVIDER),
                        new Accepted("b"),
                        new Outcome.Refused("invalid_number", Reason.REFUSED_BY_PROVIDER));
    }

    @Test
    void does_not_guess_who_a_warning_without_a_name_is_about() {
        assertThat(outcomes("""
                {"warnings":[{"code":3,"message":"Invalid number"}],
                 "messages":[{"id":"b","recipient":447700900001}],"status":"success"}
                """)).containsExactly(new Unknown("http_200"), new Accepted("b"), new Unknown("http_200"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"messages\":\"none\"}",
                "{\"status\":\"success\",\"messages\":[null,1,{\"id\":\"\",\"recipient\":447700900000}]}",
                "{\"status\":\"success\",\"messages\":[{\"id\":\"7\",\"recipient\":\"nobody\"}]}"
            })
    void makes_nothing_of_a_success_without_ids(String answer) {
        assertThat(outcomes(answer)).hasOnlyElementsOfType(Unknown.class).hasSize(3);
    }

    @Test
    void believes_a_failure_only_when_nothing_was_taken() {
        assertThat(code("{\"status\":\"failure\",\"errors\":[{\"code\":7}]}")).hasValue(7);
        assertThat(code("{\"status\":\"failure\",\"errors\":[]}")).isEmpty();
        assertThat(code("{\"status\":\"failure\",\"errors\":[{\"code\":\"x\"}]}"))
                .isEmpty();
        assertThat(code("{\"status\":\"failure\",\"errors\":[{\"code\":7}],\"messages\":[{\"id\":\"1\"}]}"))
                .isEmpty();
        assertThat(code("{\"errors\":[{\"code\":7}]}")).isEmpty();
    }

    private static OptionalInt code(String json) {
        return TextlocalAnswers.code(words(json));
    }

    private static List<Outcome> outcomes(String json) {
        return TextlocalAnswers.accepted(CALL, words(json));
    }

    private static Reply.Words words(String json) {
        return new Reply.Words(200, new JsonObject(json), Duration.ZERO);
    }
}
