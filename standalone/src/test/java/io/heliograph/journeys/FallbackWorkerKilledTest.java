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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A worker dies while it sends what has a fallback. As long as nobody knows whether the person has the text nothing may
 * follow it; once that is known, the fallback goes out, and once.
 */
@ParameterizedClass
@EnumSource(BrokerKind.class)
class FallbackWorkerKilledTest {
    private static final String PROVIDERS = """
        providers:
          twilio:
            kind: twilio
            base_url: http://localhost:${HELIOGRAPH_SIMULATOR_PORT}
            account_sid: AC00000000000000000000000000000001
            auth_token: heliograph-simulator-token-0000000
            from: "+15005550006"
          mail: {kind: log}
        routes: {sms: twilio, email: mail}
        """;

    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private final BrokerKind kind;

    FallbackWorkerKilledTest(BrokerKind kind) {
        this.kind = kind;
    }

    @Test
    void what_follows_waits_for_the_outcome_and_comes_once(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("providers.yaml"), PROVIDERS);
        Map<String, String> settings = Map.of(
                "HELIOGRAPH_LEASE", "6s",
                "HELIOGRAPH_UNKNOWN_WINDOW", "4s",
                "HELIOGRAPH_PROVIDERS", file.toString());
        try (House house = House.withGateway(TestDatabase.fresh(), kind.shared(), settings)) {
            String unreached = Numbers.next();
            String reached = Numbers.next();
            String givenUp = Numbers.next();
            String sentAgain = Numbers.next();
            house.simulator()
                    .script(new JsonObject()
                            .put(
                                    "rules",
                                    new JsonArray()
                                            .add(undelivered(silence(unreached, true)))
                                            .add(late(silence(reached, true)))
                                            .add(silence(givenUp, false))
                                            .add(silence(sentAgain, false))
                                            .add(undelivered(new JsonObject().put("to", sentAgain)))));
            ChildJvm worker = house.startChild(Worker.class);
            List<String> ids = List.of(
                    send(house, unreached, "fail"),
                    send(house, reached, "fail"),
                    send(house, givenUp, "fail"),
                    send(house, sentAgain, "resend"));
            var _ = house.startRelay();
            var _ = house.simulator().await(Duration.ofSeconds(20), ledger -> ledger.received() == ids.size());
            worker.killHard();
            assertThat(house.rows().messages("sending")).isEqualTo(ids.size());
            var _ = house.startWorker();

            JsonObject first = house.api().awaitStatus(ids.get(0), "undelivered");
            JsonObject again = house.api().awaitStatus(ids.get(3), "undelivered");
            for (JsonObject ended : List.of(first, again)) {
                assertThat(Api.story(ended)).endsWith("undelivered", "fallback");
                var _ = house.api().awaitStatus(ended.getString("fallback_id"), "sent");
            }
            assertThat(house.api().awaitStatus(ids.get(1), "delivered").containsKey("fallback_id"))
                    .isFalse();
            // Under "fail" it may have arrived, and twice is worse than not at all.
            assertThat(house.api().awaitStatus(ids.get(2), "failed").containsKey("fallback_id"))
                    .isFalse();
            assertThat(house.rows().count("SELECT count(*) FROM message WHERE unknown_since IS NOT NULL"))
                    .as("were unknown, without the one that was tried anew")
                    .isEqualTo(ids.size() - 1);
            assertThat(house.rows().count("SELECT count(*) FROM message WHERE fallback_of IS NOT NULL"))
                    .isEqualTo(2);
            assertThat(house.rows()
                            .count("SELECT count(*) FROM message f JOIN message m ON m.id = f.fallback_of"
                                    + " WHERE f.created_at = m.settled_at"))
                    .as("made in the moment in which the first ended")
                    .isEqualTo(2);
            assertThat(house.simulator().toRecipient(sentAgain).received()).isEqualTo(2);
            assertThat(house.rows().promises()).isZero();
            ExactlyOnce.assertBalanced(house);
            assertThat(worker.output()).doesNotContain(Numbers.PREFIX, House.TEXT);
        }
    }

    private static JsonObject silence(String to, boolean accepts) {
        return new JsonObject()
                .put("to", to)
                .put("times", 1)
                .put("answer", new JsonObject().put("kind", "silence").put("accepts", accepts));
    }

    /** Whatever is taken of it does not reach the phone, which is told when the worker is long gone. */
    private static JsonObject undelivered(JsonObject rule) {
        return late(rule)
                .put("outcome", new JsonObject().put("status", "undelivered").put("error_code", 30005));
    }

    private static JsonObject late(JsonObject rule) {
        return rule.put("callbacks", new JsonObject().put("delay", new JsonObject().put("fixed_ms", 6_000)));
    }

    private static String send(House house, String to, String onUnknown) {
        JsonObject email = new JsonObject()
                .put("channel", "email")
                .put("to", "ann@example.com")
                .put("subject", "Hi");
        return house.api()
                .send(new JsonObject()
                        .put("to", to)
                        .put("text", House.TEXT)
                        .put("on_unknown", onUnknown)
                        .put("fallback", new JsonArray().add(email)));
    }
}
