package io.heliograph.journeys;

import static io.heliograph.journeys.ExactlyOnce.awaitAllDelivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.simulator.ledger.Rates;
import io.heliograph.testing.LogGuard;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits that belong to no provider: of a customer account, and of a person. Two workers and two relays keep them together. */
@ParameterizedClass
@EnumSource(BrokerKind.class)
class LimitsJourneyTest {
    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private final BrokerKind broker;

    @TempDir
    private Path folder;

    private House house;

    LimitsJourneyTest(BrokerKind broker) {
        this.broker = broker;
    }

    @BeforeEach
    void openHouse() {
        house = House.withGateway(
                TestDatabase.fresh(),
                broker.shared(),
                Map.of(
                        "HELIOGRAPH_LEASE",
                        "30s",
                        "HELIOGRAPH_PROVIDERS",
                        folder.resolve("providers.yaml").toString()));
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    @Test
    void an_account_sends_as_fast_as_it_may_and_nobody_waits_for_it() throws Exception {
        start("", "{account: {accounts: {default: 30}}}");
        Api other = house.apiOf("other", "key-of-another");
        // Its key may take a while to be known.
        accept(other, "+14155550172", 1);
        accept(house.api(), "+14155550171", 300);
        accept(other, "+14155550172", 59);

        soon().until(() -> sent("other") == 60);
        long sentOfLimited = sent("default");
        awaitAllDelivered(house);

        assertThat(sentOfLimited).isLessThan(300);
        assertThat(rates("+14155550171").peakPerSecond()).isBetween(5, 30);
    }

    @Test
    void an_account_and_its_provider_keep_to_their_limits_at_the_same_time() throws Exception {
        start("per_second: 40", "{account: {default_per_second: 25}}");
        accept(house.api(), "+14155550171", 60);
        accept(house.apiOf("other", "key-of-another"), "+14155550172", 60);

        awaitAllDelivered(house);

        assertThat(rates("+14155550171").peakPerSecond()).isBetween(5, 25);
        assertThat(rates("+14155550172").peakPerSecond()).isBetween(5, 25);
        assertThat(rates(null).peakPerSecond()).isBetween(10, 40);
    }

    @Test
    void a_person_gets_no_more_than_one_may_and_a_critical_message_all_the_same() throws Exception {
        start("", "{recipient: {count: 2, per: 1h}}");
        String ann = Numbers.next();
        List<String> ids = Stream.generate(() -> house.api().send(ann, House.TEXT))
                .limit(5)
                .toList();
        String toSomebodyElse = house.api().send(Numbers.next(), House.TEXT);

        JsonObject _ = house.api().awaitStatus(toSomebodyElse, "delivered");
        soon().until(() -> waiting() == 3);
        String code = house.api()
                .send(new JsonObject().put("to", ann).put("text", House.TEXT).put("lane", "critical"));
        JsonObject _ = house.api().awaitStatus(code, "delivered");

        assertThat(ids.stream().filter(id -> house.api().status(id).equals("delivered")))
                .hasSize(2);
        assertThat(house.simulator().toRecipient(ann).received()).isEqualTo(3);
        assertThat(house.rows().count("SELECT min(date_part('epoch', due_at - now()))::int FROM outbox"))
                .isBetween(3_500L, 3_640L);
        assertThat(house.rows().violations()).isZero();
    }

    @Test
    void a_changed_limit_lets_those_go_who_ask_again() throws Exception {
        start("", "{recipient: {count: 1, per: 1h}}");
        String ann = Numbers.next();
        IntStream.range(0, 3).forEach(_ -> house.api().send(ann, House.TEXT));
        soon().until(() -> waiting() == 2);

        write("", "{recipient: {count: 5, per: 1h}}");
        soon().until(() -> {
            house.rows().execute("UPDATE outbox SET due_at = now() WHERE publishes = 0");
            return house.rows().promises() == 0;
        });

        awaitAllDelivered(house);
    }

    private void start(String ofProvider, String limits) throws IOException {
        write(ofProvider, limits);
        for (int i = 0; i < 2; i++) {
            house.startRelay();
            house.startWorker();
        }
    }

    private void write(String ofProvider, String limits) throws IOException {
        Path _ = Files.writeString(folder.resolve("providers.yaml"), """
            providers:
              twilio:
                kind: twilio
                base_url: http://localhost:${HELIOGRAPH_SIMULATOR_PORT}
                account_sid: AC00000000000000000000000000000001
                auth_token: heliograph-simulator-token-0000000
                from: "+15005550006"
                limits: {%s}
            routes: {sms: twilio}
            limits: %s
            """.formatted(ofProvider, limits));
    }

    private static void accept(Api api, String from, int count) {
        JsonArray items = new JsonArray();
        IntStream.range(0, count).forEach(_ -> items.add(new JsonObject().put("to", Numbers.next())));
        JsonObject defaults = new JsonObject().put("text", House.TEXT).put("from", from);
        soon().until(() -> api.post(
                                "/v1/messages/batch",
                                new JsonObject().put("messages", items).put("defaults", defaults))
                        .statusCode()
                == 202);
    }

    private long sent(String account) {
        return house.rows()
                .count("SELECT count(*) FROM message m JOIN account a ON a.id = m.account_id"
                        + " WHERE m.sent_at IS NOT NULL AND a.name = '" + account + "'");
    }

    private long waiting() {
        return house.rows()
                .count("SELECT count(*) FROM message WHERE status = 'queued' AND reason = 'recipient_limit'");
    }

    /** Of one sender, or of all where it is null. */
    private Rates rates(@Nullable String sender) {
        return house.simulator().rates().stream()
                .filter(line -> Objects.equals(line.sender(), sender))
                .findFirst()
                .orElseThrow();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }
}
