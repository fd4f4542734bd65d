package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowMessagesTest {
    @ParameterizedTest
    @CsvSource({
        "sms, sent, false",
        "sms, delivered, true",
        "email, failed, true",
        "web_push, queued, false",
        "web_push, sent, true"
    })
    void waits_for_a_receipt_where_one_can_come(String channel, String status, boolean ended) {
        JsonObject message = new JsonObject().put("channel", channel).put("status", status);

        assertThat(FollowMessages.hasEnded(message)).isEqualTo(ended);
    }
}
