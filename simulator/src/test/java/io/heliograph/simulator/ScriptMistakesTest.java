package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScriptMistakesTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    @Test
    void names_every_mistake_with_its_place_and_changes_nothing() throws Exception {
        running.script("{\"answer\": {\"kind\": \"error\", \"code\": 21610}}");

        JsonObject answer = post("""
                {"limits": {"concurrent_max": -1, "rate": 5},
                 "rules": [
                   {"to": "+15005550010", "to_suffix": "10", "share": 2, "counted": "message"},
                   {"answer": {"kind": "explode", "status": 5}, "latency": {}},
                   {"answer": {"kind": "error"}, "outcome": {"status": "failed"}, "tmes": 3},
                   {"outcome": {"status": "sent", "error_code": 30003}, "callbacks": {"copies": 0, "early": "yes"}},
                   {"answer": {"kind": "server_error", "status": 200}, "latency": {"min_ms": 5, "max_ms": 4}},
                   "no rule"
                 ]}
                """);

        assertThat(pointers(answer))
                .containsExactlyInAnyOrder(
                        "/limits/concurrent_max",
                        "/limits/rate",
                        "/rules/0/to_suffix",
                        "/rules/0/share",
                        "/rules/0/counted",
                        "/rules/1/answer/kind",
                        "/rules/1/latency/fixed_ms",
                        "/rules/2/answer/code",
                        "/rules/2/outcome/error_code",
                        "/rules/2/tmes",
                        "/rules/3/outcome/error_code",
                        "/rules/3/callbacks/copies",
                        "/rules/3/callbacks/early",
                        "/rules/4/answer/status",
                        "/rules/4/latency/max_ms",
                        "/rules/5");
        assertThat(running.createLater("one").join().statusCode()).isEqualTo(400);
    }

    @Test
    void names_the_mistakes_about_providers_and_times() throws Exception {
        JsonObject answer = post("""
                {"limits": [{"provider": "plivo"}, {"provider": "plivo"}, {}, {}, {"provider": "nobody", "rate": 1}],
                 "fast2sms_webhook": {"url": "nowhere", "content_type": "form", "shape": "sms_reports"},
                 "textlocal_fractions": "yes",
                 "rules": [
                   {"provider": "nobody"},
                   {"from_s": 5, "until_s": 4},
                   {"to": "+15005550010", "every_call": true},
                   {"provider": "plivo", "outcome": {"status": "failed"}, "answer": {"kind": "error", "code": 0}}
                 ]}
                """);

        assertThat(pointers(answer))
                .containsExactlyInAnyOrder(
                        "/limits/1/provider",
                        "/limits/3/provider",
                        "/limits/4/provider",
                        "/limits/4/rate",
                        "/fast2sms_webhook/url",
                        "/fast2sms_webhook/shape",
                        "/textlocal_fractions",
                        "/rules/0/provider",
                        "/rules/1/until_s",
                        "/rules/2/every_call",
                        "/rules/3/answer/code");
        assertThat(running.send("POST", "/control/fast2sms-webhook", "{\"method\": \"PATCH\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refuses_what_is_not_a_json_object() throws Exception {
        for (String body : List.of("", "[]", "{", "5")) {
            assertThat(running.send("POST", "/control/script", body).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void returns_to_normal() throws Exception {
        running.script("{\"answer\": {\"kind\": \"html\"}}");

        running.control().clearScript();

        assertThat(running.createLater("one").join().statusCode()).isEqualTo(201);
    }

    private static JsonObject post(String script) throws Exception {
        return new JsonObject(running.send("POST", "/control/script", script).body());
    }

    private static List<String> pointers(JsonObject answer) {
        JsonArray errors = answer.getJsonArray("errors");
        return errors.stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }
}
