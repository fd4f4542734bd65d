package io.heliograph.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.LogGuard;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.Worker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A worker dies when the provider has its call with many recipients and it has no answer. These providers cannot be asked, so
 * receipts are all the proof that there will ever be, and they name the call only.
 */
class CallOfManyKilledTest {
    private static final String PROVIDERS = """
        providers:
          plivo:
            kind: plivo
            base_url: http://localhost:${HELIOGRAPH_SIMULATOR_PORT}
            auth_id: MAHELIOGRAPH00000001
            auth_token: heliograph-simulator-plivo-token-0000000
            from: "+15005550006"
        routes: {sms: plivo}
        """;

    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    /** Receipts come before the new worker finds the messages lost, or after. */
    @ParameterizedTest
    @ValueSource(ints = {20, 7_000})
    void each_of_its_messages_is_found_by_its_receipt(int receiptsAfterMillis, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("providers.yaml"), PROVIDERS);
        Map<String, String> settings = Map.of(
                "HELIOGRAPH_LEASE", "6s",
                "HELIOGRAPH_UNKNOWN_WINDOW", "1m",
                "HELIOGRAPH_PROVIDERS", file.toString());
        try (House house = House.withGateway(TestDatabase.fresh(), BrokerKind.QPID.shared(), settings)) {
            house.simulator().script(silence(receiptsAfterMillis));
            ChildJvm worker = house.startChild(Worker.class);
            List<String> ids = List.of(send(house), send(house), send(house));
            var _ = house.startRelay();
            var _ = house.simulator().await(Duration.ofSeconds(20), ledger -> ledger.received() == ids.size());
            worker.killHard();
            var _ = house.startWorker();

            for (String id : ids) {
                assertThat(Api.story(house.api().awaitStatus(id, "delivered"))).contains("unknown");
            }
            assertThat(house.simulator().summary().calls()).isEqualTo(1);
            assertThat(house.rows().text("SELECT string_agg(DISTINCT code, ' ') FROM attempt"))
                    .isEqualTo("worker_lost");
            assertThat(house.rows().promises()).isZero();
            ExactlyOnce.assertBalanced(house);
            assertThat(worker.output()).doesNotContain(Numbers.PREFIX, House.TEXT);
        }
    }

    private static JsonObject silence(int receiptsAfterMillis) {
        JsonObject rule = new JsonObject()
                .put("answer", new JsonObject().put("kind", "silence").put("accepts", true))
                .put("callbacks", new JsonObject().put("delay", new JsonObject().put("fixed_ms", receiptsAfterMillis)));
        return new JsonObject().put("rules", new JsonArray().add(rule));
    }

    private static String send(House house) {
        return house.api().send(Numbers.next(), House.TEXT);
    }
}
