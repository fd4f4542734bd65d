package io.heliograph.journeys;

import static io.heliograph.journeys.ExactlyOnce.assertBalanced;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.simulator.SimulatorControl.Posts;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.LogGuard;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.Worker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A worker dies when the provider has its request and it has no answer. Nobody knows whether the message was taken: it is
 * unknown, and never sent again on a guess. The provider stays silent here, and the worker is killed long before it would
 * give up by itself.
 */
@ParameterizedClass
@EnumSource(BrokerKind.class)
class WorkerKilledTest {
    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private final BrokerKind kind;

    WorkerKilledTest(BrokerKind kind) {
        this.kind = kind;
    }

    @Test
    void what_it_left_unknown_is_settled_by_receipt_by_look_up_and_by_the_wish_of_each_message() throws Exception {
        Map<String, String> settings = Map.of("HELIOGRAPH_LEASE", "6s", "HELIOGRAPH_UNKNOWN_WINDOW", "4s");
        try (House house = House.withGateway(TestDatabase.fresh(), kind.shared(), settings)) {
            String byReceipt = Numbers.next();
            String byLookUp = Numbers.next();
            String givenUp = Numbers.next();
            String sentAgain = Numbers.next();
            house.simulator()
                    .script(new JsonObject()
                            .put(
                                    "rules",
                                    new JsonArray()
                                            .add(silence(byReceipt, true).put("callbacks", afterMillis(8_000)))
                                            .add(silence(byLookUp, true).put("callbacks", none()))
                                            .add(silence(givenUp, false))
                                            .add(silence(sentAgain, false).put("times", 1))));
            ChildJvm worker = house.startChild(Worker.class);
            // Two that look the same: a look-up cannot tell whose the provider's entries are, so only a receipt can.
            List<String> ids = List.of(
                    send(house, byReceipt, "fail"),
                    send(house, byReceipt, "fail"),
                    send(house, byLookUp, "fail"),
                    send(house, givenUp, "fail"),
                    send(house, sentAgain, "resend"));
            var _ = house.startRelay();

            var _ = house.simulator().await(Duration.ofSeconds(20), ledger -> ledger.received() == ids.size());
            worker.killHard();
            assertThat(house.rows().messages("sending")).isEqualTo(ids.size());
            var _ = house.startWorker();

            JsonObject received = house.api().awaitStatus(ids.get(0), "delivered");
            JsonObject alsoReceived = house.api().awaitStatus(ids.get(1), "delivered");
            JsonObject found = house.api().awaitStatus(ids.get(2), "sent");
            JsonObject failed = house.api().awaitStatus(ids.get(3), "failed");
            JsonObject again = house.api().awaitStatus(ids.get(4), "delivered");

            assertThat(house.rows().count("SELECT count(*) FROM message WHERE unknown_since IS NOT NULL"))
                    .as("were unknown, without the one that was tried anew")
                    .isEqualTo(ids.size() - 1);
            assertThat(List.of(received, alsoReceived))
                    .extracting(Api::story)
                    .allSatisfy(story -> assertThat(story)
                            .startsWith("accepted", "queued", "sending", "unknown")
                            .endsWith("delivered"));
            assertThat(providerMessageId(found)).isEqualTo(sid(house, byLookUp));
            assertThat(failed.getString("reason")).isEqualTo("outcome_unknown");
            assertThat(again.getBoolean("possible_duplicate")).isTrue();
            assertThat(Api.story(again)).contains("unknown");
            assertPosts(house, byReceipt, 2, 2);
            assertPosts(house, byLookUp, 1, 1);
            assertPosts(house, givenUp, 1, 0);
            assertPosts(house, sentAgain, 2, 1);
            assertThat(house.rows().promises()).isZero();
            assertBalanced(house);
            assertThat(worker.output()).doesNotContain(Numbers.PREFIX, House.TEXT);
        }
    }

    private static void assertPosts(House house, String to, int received, int accepted) {
        assertThat(house.simulator().toRecipient(to))
                .extracting(Posts::received, Posts::accepted)
                .containsExactly(received, accepted);
    }

    private static JsonObject silence(String to, boolean accepts) {
        return new JsonObject()
                .put("to", to)
                .put("answer", new JsonObject().put("kind", "silence").put("accepts", accepts));
    }

    private static JsonObject afterMillis(int millis) {
        return new JsonObject().put("delay", new JsonObject().put("fixed_ms", millis));
    }

    private static JsonObject none() {
        return new JsonObject().put("which", "none");
    }

    private static String send(House house, String to, String onUnknown) {
        return house.api()
                .send(new JsonObject().put("to", to).put("text", House.TEXT).put("on_unknown", onUnknown));
    }

    private static String providerMessageId(JsonObject message) {
        return message.getJsonArray("attempts").getJsonObject(0).getString("provider_message_id");
    }

    private static String sid(House house, String to) {
        return house.simulator().toRecipient(to).posts().getJsonObject(0).getString("sid");
    }
}
