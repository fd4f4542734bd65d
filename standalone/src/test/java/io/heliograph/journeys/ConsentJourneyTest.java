package io.heliograph.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.LogGuard;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person says STOP while a message waits, and START later. */
class ConsentJourneyTest {
    private static final Set<String> ARRIVED = Set.of("delivered", "read");
    private static final String NUMBER = "+15005550006";

    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private House house;

    @BeforeEach
    void start() {
        house = House.withGateway(TestDatabase.fresh(), BrokerKind.QPID.shared(), Map.of("HELIOGRAPH_LEASE", "30s"));
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    @Test
    void gets_nothing_but_the_answer_until_they_want_messages_again() {
        String person = Numbers.next();
        JsonObject message = new JsonObject().put("to", "whatsapp:" + person).put("text", House.TEXT);
        String waiting = house.api().send(message);

        assertThat(write(person, "Stop!").getInteger("status")).isEqualTo(200);
        var _ = house.startRelay();
        var _ = house.startWorker();
        JsonObject refused = house.api().awaitStatus(waiting, "refused");
        awaitArrived(answerTo(person));

        assertThat(refused.getString("reason")).isEqualTo("recipient_opted_out");
        assertThat(refused.getJsonArray("attempts")).isEmpty();
        assertThat(house.api().post("/v1/messages", message).statusCode()).isEqualTo(422);
        assertThat(house.simulator().summary().received()).isEqualTo(1);

        assertThat(write(person, "START").getInteger("status")).isEqualTo(200);
        awaitArrived(house.api().send(message));

        ExactlyOnce.assertBalanced(house);
    }

    private JsonObject write(String person, String body) {
        return house.simulator()
                .inbound(new JsonObject()
                        .put("from", "whatsapp:" + person)
                        .put("to", "whatsapp:" + NUMBER)
                        .put("body", body)
                        .put("url", house.api().base() + "/callbacks/twilio/inbound"));
    }

    private String answerTo(String person) {
        return house.rows().text("SELECT id FROM message WHERE answers IS NOT NULL AND recipient = '" + person + "'");
    }

    private void awaitArrived(String id) {
        Awaitility.await(id + " has arrived")
                .until(() -> ARRIVED.contains(house.api().status(id)));
    }
}
