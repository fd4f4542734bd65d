package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checking codes: once, in time, and not too often, however many come at once. */
class CheckingCodesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private final TestCodes codes = new TestCodes(GATEWAY);

    @Test
    void approves_the_right_code_once() {
        String id = codes.begin();
        String code = codes.code(id);

        assertThat(codes.check(id, code)).isEqualTo("approved");

        assertThat(codes.check(id, code)).isEqualTo("used");
        JsonObject after = json(GATEWAY.get("/v1/verifications/" + id));
        assertThat(after.getString("status")).isEqualTo("approved");
        assertThat(after.containsKey("ended_at")).isTrue();
    }

    @Test
    void counts_down_and_takes_no_more_than_five() {
        String id = codes.begin();
        String code = codes.code(id);
        String wrong = codes.wrongCode(id);

        for (int left = 4; left > 0; left--) {
            JsonObject answer = json(codes.checked(id, wrong));
            assertThat(answer.getString("status")).isEqualTo("pending");
            assertThat(answer.getInteger("checks_left")).isEqualTo(left);
        }
        assertThat(codes.check(id, wrong)).isEqualTo("too_many_checks");

        assertThat(codes.check(id, code)).isEqualTo("too_many_checks");
    }

    @Test
    void takes_the_right_code_at_the_fifth_check() {
        String id = codes.begin();
        for (int i = 0; i < 4; i++) {
            assertThat(codes.check(id, codes.wrongCode(id))).isEqualTo("pending");
        }

        assertThat(codes.check(id, codes.code(id))).isEqualTo("approved");
    }

    @Test
    void takes_no_code_that_has_expired() {
        String id = codes.begin();
        String code = codes.code(id);
        codes.age(id, 601);

        assertThat(codes.check(id, code)).isEqualTo("expired");
        assertThat(json(GATEWAY.get("/v1/verifications/" + id)).getString("status"))
                .isEqualTo("expired");
        assertThat(GATEWAY.sql().count("SELECT checks FROM verification")).isZero();
    }

    @Test
    void takes_no_code_of_another_verification() {
        String id = codes.begin();
        String other = codes.begin("+14155550177");

        assertThat(codes.check(id, codes.code(other)).equals("approved"))
                .isEqualTo(codes.code(id).equals(codes.code(other)));
    }

    @Test
    void counts_five_of_fifty_wrong_codes_that_come_at_once() throws InterruptedException {
        String id = codes.begin();
        String wrong = codes.wrongCode(id);

        List<JsonObject> answers = AtOnce.call(50, _ -> json(codes.checked(id, wrong)));

        List<String> words =
                answers.stream().map(answer -> answer.getString("status")).toList();
        assertThat(Collections.frequency(words, "pending")).isEqualTo(4);
        assertThat(Collections.frequency(words, "too_many_checks")).isEqualTo(46);
        assertThat(answers.stream()
                        .filter(answer -> answer.containsKey("checks_left"))
                        .map(answer -> answer.getInteger("checks_left")))
                .containsExactlyInAnyOrder(4, 3, 2, 1);
        assertThat(GATEWAY.sql().text("SELECT status || checks FROM verification"))
                .isEqualTo("too_many_checks5");
    }

    @Test
    void approves_one_of_fifty_right_codes_that_come_at_once() throws InterruptedException {
        String id = codes.begin();
        String code = codes.code(id);

        List<String> words = AtOnce.call(50, _ -> codes.check(id, code));

        assertThat(Collections.frequency(words, "approved")).isOne();
        assertThat(Collections.frequency(words, "used")).isEqualTo(49);
    }

    @Test
    void begins_one_verification_for_fifty_requests_that_come_at_once() throws InterruptedException {
        List<JsonObject> answers = AtOnce.call(
                50, _ -> TestCodes.accepted(GATEWAY.post("/v1/verifications", TestCodes.wanted(TestCodes.NUMBER))));

        assertThat(answers.stream().map(answer -> answer.getString("id")).distinct())
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.getBoolean("sent"))).hasSize(1);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM message")).isOne();
    }

    @Test
    void refuses_what_can_be_no_code_and_counts_no_check() {
        String id = codes.begin();

        for (JsonObject body : List.of(
                new JsonObject(), new JsonObject().put("code", "12 34"), new JsonObject().put("code", 123456))) {
            assertThat(GATEWAY.post("/v1/verifications/" + id + "/check", body).statusCode())
                    .isEqualTo(400);
        }

        assertThat(GATEWAY.sql().count("SELECT checks FROM verification")).isZero();
    }

    @Test
    void goes_on_while_the_key_is_changed() throws Exception {
        String id = codes.begin();
        GATEWAY.sql().execute("INSERT INTO verification_key (key, used_from) VALUES (sha256('another'), now())");
        // A gateway that is started now knows both.
        try (RunningGateway other = new RunningGateway(GATEWAY.sql().url())) {
            TestCodes there = new TestCodes(other);

            assertThat(there.check(id, codes.code(id))).isEqualTo("approved");
            String next = there.begin("+14155550188");
            assertThat(there.check(next, there.code(next))).isEqualTo("approved");
        } finally {
            GATEWAY.sql().execute("DELETE FROM verification_key WHERE key = sha256('another')");
        }
    }
}
