package io.heliograph.providers.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.routing.FleetLimits.PerRecipient;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.heliograph.providers.routing.RoutingTable.Account;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    private static final SenderIdentity EVERYWHERE =
            new SenderIdentity("+15005550006", Set.of(Channel.SMS, Channel.WHATSAPP), List.of(), null);
    private static final SenderIdentity INDIA = new SenderIdentity(
            "HELIOG", Set.of(Channel.SMS), List.of("+91", "+92"), 10.0, new SenderIdentity.Inbound("acme", false));
    private static final PriceTable PRICES = new PriceTable(
            "EUR",
            new BigDecimal("0.10"),
            Map.of("+91", new BigDecimal("0.002"), "+9190", new BigDecimal("0.0015"), "+1", new BigDecimal("0.0079")));
    private static final RoutingTable TABLE = new RoutingTable(
            List.of(
                    new Account(
                            "plivo-in",
                            ProviderKind.PLIVO,
                            Set.of(Channel.SMS),
                            new Senders(List.of(EVERYWHERE, INDIA)),
                            new AccountLimits(0.5, 8, Duration.ofMillis(2_500), 1_000),
                            PRICES),
                    Tables.account("dry", PriceTable.NONE)),
            List.of(
                    Tables.sms(Policy.ORDERED, "dry"),
                    new Route(
                            Channel.SMS,
                            "+91",
                            Set.of(Lane.BULK, Lane.NORMAL),
                            Policy.WEIGHTED,
                            List.of(new Leg("plivo-in", 3), new Leg("dry", 0)))),
            new FleetLimits(new PerRecipient(5, Duration.ofHours(1)), 100.0, Map.of("acme", 2.5)));

    @Test
    void survives_the_way_through_json() {
        JsonObject json = new JsonObject(RoutingTableJson.write(TABLE).encode());

        assertThat(RoutingTableJson.read(json)).isEqualTo(TABLE);
        assertThat(RoutingTableJson.read(RoutingTableJson.write(RoutingTable.EMPTY)))
                .isEqualTo(RoutingTable.EMPTY);
        assertThat(RoutingTableJson.write(RoutingTableJson.read(json)).encode()).isEqualTo(json.encode());
    }

    @Test
    void passes_over_what_a_newer_worker_adds() {
        JsonObject json = RoutingTableJson.write(TABLE).put("weather", "fine");
        json.getJsonArray("accounts").getJsonObject(0).put("colour", "red");

        assertThat(RoutingTableJson.read(json)).isEqualTo(TABLE);
    }

    @Test
    void refuses_what_is_no_table() {
        for (JsonObject json : List.of(
                new JsonObject(),
                new JsonObject().put("v", 2),
                new JsonObject().put("v", 1),
                new JsonObject().put("v", "1"),
                RoutingTableJson.write(TABLE).put("routes", List.of("sms")))) {
            assertThatIllegalArgumentException().isThrownBy(() -> RoutingTableJson.read(json));
        }
    }

    @Test
    void prices_by_the_longest_prefix() {
        assertThat(PRICES.of("+919000000001")).isEqualByComparingTo("0.0015");
        assertThat(PRICES.of("+918000000001")).isEqualByComparingTo("0.002");
        assertThat(PRICES.of("+15005550006")).isEqualByComparingTo("0.0079");
        assertThat(PRICES.of("+4930123456")).isEqualByComparingTo("0.10");
        assertThat(PRICES.of("ana@example.org")).isEqualByComparingTo("0.10");
        assertThat(PriceTable.NONE.of("+4930123456")).isNull();
    }

    @Test
    void chooses_the_sender_that_is_for_the_recipient() {
        Senders senders = new Senders(List.of(EVERYWHERE, INDIA));

        assertThat(senders.first(Channel.SMS, "+919000000001")).isEqualTo(INDIA);
        assertThat(senders.first(Channel.SMS, "+4930123456")).isEqualTo(EVERYWHERE);
        assertThat(senders.first(Channel.WHATSAPP, "+919000000001")).isEqualTo(EVERYWHERE);
        assertThat(senders.ableTo(Channel.SMS, "+919000000001")).containsExactly(INDIA, EVERYWHERE);
        assertThat(new Senders(List.of(INDIA)).first(Channel.SMS, "+4930123456"))
                .isNull();
        assertThat(senders.perSecond("HELIOG")).isEqualTo(10.0);
        assertThat(senders.perSecond("+15005550006")).isNull();
    }

    @Test
    void knows_the_limit_of_a_customer() {
        assertThat(TABLE.limits().perSecond("acme")).isEqualTo(2.5);
        assertThat(TABLE.limits().perSecond("other")).isEqualTo(100.0);
        assertThat(FleetLimits.NONE.perSecond("acme")).isNull();
    }
}
