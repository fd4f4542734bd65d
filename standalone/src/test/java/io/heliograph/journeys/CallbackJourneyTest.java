package io.heliograph.journeys;

import static io.heliograph.journeys.ExactlyOnce.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.LogGuard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receipts come when and how they like. The broker has no part in it. */
class CallbackJourneyTest {
    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private House house;

    @BeforeEach
    void start() {
        house = House.start(BrokerKind.QPID.shared());
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    @Test
    void a_receipt_before_the_answer_is_recorded_is_not_lost_and_nothing_of_the_answer_either() {
        callbacks(new JsonObject().put("early", true), 300);
        String to = Numbers.next();

        String id = house.api().send(to, House.TEXT);
        house.api().awaitStatus(id, "delivered");
        var _ = house.simulator().awaitQuiet(Duration.ofSeconds(20), 1);
        Awaitility.await("the answer is recorded too")
                .until(() -> !house.api().message(id).getJsonArray("attempts").isEmpty());

        JsonObject message = house.api().message(id);
        assertThat(message.getString("status")).isEqualTo("delivered");
        assertThat(message.getJsonArray("attempts").getJsonObject(0).getString("outcome"))
                .isEqualTo("accepted");
        awaitDelivered(house, 1);
    }

    @Test
    void receipts_in_the_wrong_order_and_three_times_each_leave_the_message_delivered() {
        callbacks(new JsonObject().put("reversed", true).put("copies", 3), 0);

        String id = house.api().send(Numbers.next(), House.TEXT);
        var _ = house.simulator().awaitQuiet(Duration.ofSeconds(20), 1);
        JsonObject message = house.api().awaitStatus(id, "delivered");

        assertThat(Api.story(message)).containsOnlyOnce("delivered");
        assertThat(house.simulator().summary().callbacks().refused()).isZero();
        assertThat(house.rows().count("SELECT count(*) - count(DISTINCT provider_status) FROM callback"))
                .as("receipts stored twice")
                .isZero();
        awaitDelivered(house, 1);
    }

    @Test
    void a_receipt_with_a_wrong_signature_is_refused_and_leaves_no_trace() {
        callbacks(new JsonObject().put("wrong_signature", true), 0);

        String id = house.api().send(Numbers.next(), House.TEXT);
        house.api().awaitStatus(id, "sent");
        var ledger = house.simulator().awaitQuiet(Duration.ofSeconds(40), 1);

        assertThat(ledger.callbacks().refused()).isPositive();
        assertThat(ledger.callbacks().answered2xx()).isZero();
        assertThat(house.rows().count("SELECT count(*) FROM callback")).isZero();
        assertThat(house.api().status(id)).isEqualTo("sent");
        ExactlyOnce.assertBalanced(house);
    }

    private void callbacks(JsonObject plan, int answerMillis) {
        JsonObject rule = new JsonObject().put("callbacks", plan);
        if (answerMillis > 0) {
            rule.put("latency", new JsonObject().put("fixed_ms", answerMillis));
        }
        house.simulator().script(new JsonObject().put("rules", new JsonArray().add(rule)));
    }
}
