package io.heliograph.journeys;

import static io.heliograph.journeys.ExactlyOnce.awaitAllDelivered;
import static io.heliograph.journeys.ExactlyOnce.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.LogGuard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(BrokerKind.class)
class DeliveryJourneyTest {
    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private final BrokerKind broker;
    private House house;

    DeliveryJourneyTest(BrokerKind broker) {
        this.broker = broker;
    }

    @BeforeEach
    void start() {
        house = House.start(broker.shared());
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    @Test
    void a_message_is_accepted_and_delivered_and_tells_its_story() {
        String to = Numbers.next();

        String id = house.api().send(to, House.TEXT);
        JsonObject message = house.api().awaitStatus(id, "delivered");

        assertThat(Api.story(message)).containsExactly("accepted", "queued", "sending", "sent", "delivered");
        JsonObject attempt = message.getJsonArray("attempts").getJsonObject(0);
        String sid = house.simulator().toRecipient(to).posts().getJsonObject(0).getString("sid");
        assertThat(attempt.getString("provider_message_id")).isEqualTo(sid);
        awaitDelivered(house, 1);
    }

    @Test
    void of_a_batch_of_a_thousand_the_three_bad_ones_are_refused_and_the_others_are_delivered() {
        JsonArray items = new JsonArray();
        IntStream.range(0, 1_000).forEach(i -> items.add(new JsonObject().put("to", Numbers.next())));
        items.getJsonObject(17).put("to", "nobody");
        items.getJsonObject(500).put("text", "");
        items.getJsonObject(999).put("colour", "red");

        HttpResponse<String> response = house.api()
                .post(
                        "/v1/messages/batch",
                        new JsonObject()
                                .put("messages", items)
                                .put("defaults", new JsonObject().put("text", House.TEXT)));

        assertThat(response.statusCode()).isEqualTo(202);
        awaitDelivered(house, 997);
    }

    @Test
    void the_same_key_at_once_and_later_is_the_same_message() throws Exception {
        JsonObject message = new JsonObject().put("to", Numbers.next()).put("text", House.TEXT);

        List<String> ids = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(
                            () -> house.api().post("/v1/messages", message, "Idempotency-Key", "order-7")))
                    .toList();
            for (Future<HttpResponse<String>> answer : answers) {
                ids.add(new JsonObject(answer.get().body()).getString("id"));
            }
        }
        house.api().awaitStatus(ids.getFirst(), "delivered");
        HttpResponse<String> later = house.api().post("/v1/messages", message, "Idempotency-Key", "order-7");
        ids.add(new JsonObject(later.body()).getString("id"));

        assertThat(ids).containsOnly(ids.getFirst());
        assertThat(later.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        awaitDelivered(house, 1);
    }

    @Test
    void two_of_everything_share_the_work_and_do_nothing_twice() throws Exception {
        Api other = house.apiAt(house.startGateway().port());
        house.startRelay();
        house.startWorker();

        try (Load load = Load.start(house.api(), 4);
                Load loadAtOther = Load.start(other, 4)) {
            load.awaitAccepted(300);
            loadAtOther.awaitAccepted(300);
        }

        awaitAllDelivered(house);
    }

    @Test
    void a_message_for_later_is_sent_at_its_time_and_not_before() {
        OffsetDateTime sendAt = OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(3);

        String id = house.api()
                .send(new JsonObject()
                        .put("to", Numbers.next())
                        .put("text", House.TEXT)
                        .put("send_at", sendAt.toString()));
        String before = house.api().status(id);
        JsonObject message = house.api().awaitStatus(id, "delivered");

        assertThat(before).isEqualTo("scheduled");
        assertThat(Api.story(message))
                .containsExactly("accepted", "scheduled", "queued", "sending", "sent", "delivered");
        assertThat(Instant.parse(message.getString("sent_at"))).isAfterOrEqualTo(sendAt.toInstant());
        awaitDelivered(house, 1);
    }
}
