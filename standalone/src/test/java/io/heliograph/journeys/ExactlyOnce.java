package io.heliograph.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.simulator.ledger.LedgerSummary;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;

/** What holds at the end of every journey. */
final class ExactlyOnce {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private ExactlyOnce() {}

    /** Waits until everything that was accepted is delivered; then the provider has accepted each message once. */
    static void awaitAllDelivered(House house) {
        awaitDelivered(house, house.rows().count("SELECT count(*) FROM message"));
    }

    /** The same, when it is known how many messages there should be. */
    static void awaitDelivered(House house, long messages) {
        await(house, messages, "delivered");
        assertSentOnce(house, messages);
    }

    /** The same, where receipts may have been lost: providers seldom repeat what was not taken the first time. */
    static void awaitAllSent(House house) {
        long messages = house.rows().count("SELECT count(*) FROM message");
        await(house, messages, "sent", "delivered");
        assertSentOnce(house, messages);
    }

    private static void await(House house, long messages, String... statuses) {
        String in = "('" + String.join("', '", statuses) + "')";
        Awaitility.await(messages + " " + in)
                .atMost(WAIT_MAX)
                .conditionEvaluationListener(new Timeout(house.rows()))
                .until(() -> house.rows().count("SELECT count(*) FROM message WHERE status IN " + in) >= messages
                        && house.rows().promises() == 0);
    }

    private static void assertSentOnce(House house, long messages) {
        LedgerSummary provider = house.simulator().summary();
        assertThat(provider.accepted()).as("POSTs that the provider accepted").isEqualTo(messages);
        assertThat(provider.messages()).as("messages that the provider knows").isEqualTo(messages);
        assertThat(house.rows().count("SELECT count(*) FROM message"))
                .as("messages")
                .isEqualTo(messages);
        assertBalanced(house);
    }

    /** No message was accepted twice, and every message is settled or has a promise. */
    static void assertBalanced(House house) {
        assertThat(house.simulator().summary().messagesAcceptedMoreThanOnce())
                .as("messages that the provider accepted twice")
                .isZero();
        assertThat(house.rows().violations()).as("violations of the ledger").isZero();
        JsonObject ledger = house.api().get("/v1/ledger");
        assertThat(ledger.getBoolean("balanced"))
                .as("what the API tells: " + ledger)
                .isTrue();
    }

    /** Says where the messages are that did not come in time. */
    private record Timeout(Rows rows) implements ConditionEvaluationListener<Object> {
        private static final String WHERE = """
            SELECT jsonb_object_agg(word, n) FROM (
              SELECT concat_ws(' ', status, reason) AS word, count(*) AS n FROM message GROUP BY 1) AS counted""";

        @Override
        public void conditionEvaluated(EvaluatedCondition<Object> condition) {}

        @Override
        public void onTimeout(TimeoutEvent event) {
            throw new AssertionError(event.getDescription() + "; there are " + rows.text(WHERE) + " and "
                    + rows.promises() + " promises");
        }
    }
}
