package io.heliograph.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.heliograph.contract.Queues;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.gateway.Gateway;
import io.heliograph.relay.Relay;
import io.heliograph.runtime.BrokerUrl;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.LogGuard;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.Worker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** No recipient, text or secret in logs, AMQP messages or metrics; also not when a provider refuses and quotes them. */
@ParameterizedClass
@EnumSource(BrokerKind.class)
class NothingPersonalTest {
    private static final String[] FORBIDDEN = {
        Numbers.PREFIX, Numbers.PREFIX.substring(1), House.TEXT, House.API_KEY, SimulatorAccount.AUTH_TOKEN
    };

    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private final BrokerKind kind;

    NothingPersonalTest(BrokerKind kind) {
        this.kind = kind;
    }

    @Test
    void leaves_the_database_except_to_the_provider() throws Exception {
        BrokerUrl broker = kind.shared();
        try (House house = House.withGateway(TestDatabase.fresh(), broker, Map.of())) {
            String refused = Numbers.next();
            house.simulator()
                    .script(new JsonObject()
                            .put(
                                    "rules",
                                    new JsonArray()
                                            .add(new JsonObject()
                                                    .put("to", refused)
                                                    .put(
                                                            "answer",
                                                            new JsonObject()
                                                                    .put("kind", "error")
                                                                    .put("code", 21211)))));
            ChildJvm gateway = house.startChild(Gateway.class);
            ChildJvm relay = house.startChild(Relay.class);
            // So that the routes are known; then nobody takes what lies in the queues.
            int _ = house.startChild(Worker.class).stop();
            Awaitility.await("routes at the gateway")
                    .until(() -> house.rows()
                            .text("SELECT topic FROM outbox WHERE message_id = '"
                                    + house.api().send(Numbers.next(), House.TEXT) + "'")
                            .equals("twilio"));
            String delivered = house.api().send(Numbers.next(), House.TEXT);
            String failed = house.api().send(refused, House.TEXT);
            String later = house.api().send(Numbers.next(), House.TEXT);
            String code = code(house);

            List<String> onTheBroker = peek(broker, 4);
            ChildJvm worker = house.startChild(Worker.class);
            house.api().awaitStatus(delivered, "delivered");
            house.api().awaitStatus(later, "delivered");
            house.api().awaitStatus(failed, "failed");

            Awaitility.await("the code is sent")
                    .until(() -> house.rows().count("SELECT count(*) FROM message WHERE secret IS NOT NULL") == 0);
            assertThat(onTheBroker).allSatisfy(text -> assertHarmless(text, code));
            Stream.of(gateway, relay, worker).forEach(child -> {
                assertHarmless(child.output(), code);
                assertHarmless(metrics(child.adminPort()), code);
            });
            house.adminPorts().forEach(port -> assertHarmless(metrics(port), code));
            ExactlyOnce.assertBalanced(house);
        }
    }

    /** One that is on its way; long, so that no other number is like it. */
    private static String code(House house) {
        JsonObject wanted = new JsonObject().put("to", Numbers.next()).put("length", 10);
        assertThat(house.api().post("/v1/verifications", wanted).statusCode()).isEqualTo(202);
        return house.rows().text("SELECT secret FROM message WHERE secret IS NOT NULL");
    }

    private static void assertHarmless(String text, String code) {
        assertThat(text).isNotEmpty().doesNotContain(FORBIDDEN).doesNotContain(code);
    }

    /** Everything about the AMQP messages that lie in the queues, which stay there. */
    private static List<String> peek(BrokerUrl url, int ids) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url.withPassword());
        List<String> seen = new ArrayList<>();
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            Awaitility.await("envelopes in the queues").until(() -> {
                for (String queue : Queues.of("twilio")) {
                    GetResponse got = channel.basicGet(queue, false);
                    if (got != null) {
                        seen.add(got.getEnvelope() + " " + got.getProps() + " "
                                + new String(got.getBody(), StandardCharsets.UTF_8));
                    }
                }
                return seen.stream().mapToInt(NothingPersonalTest::ids).sum() >= ids;
            });
        }
        return seen;
    }

    private static int ids(String message) {
        return message.split("-7[0-9a-f]{3}-", -1).length - 1;
    }

    private static String metrics(int adminPort) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + adminPort + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
