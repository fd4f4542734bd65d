package io.heliograph.providers.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.heliograph.providers.routing.RouteChoice.Candidates;
import io.heliograph.providers.routing.RouteChoice.NoRoute;
import io.heliograph.providers.routing.RouteChoice.Why;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChooseRouteTest {
    private static final String INDIAN = "+919000000001";
    private static final String AMERICAN = "+15005550010";
    private static final ProviderCondition DOWN = new ProviderCondition(0, null);
    private static final ProviderCondition SLOW = new ProviderCondition(1, null, true);

    @Test
    void takes_the_route_with_the_longest_prefix_and_then_the_one_that_names_the_lane() {
        RoutingTable table = Tables.of(
                Tables.sms(Policy.ORDERED, "all"),
                Tables.sms("", Set.of(Lane.BULK), Policy.ORDERED, "all-bulk"),
                Tables.sms("+91", Set.of(), Policy.ORDERED, "india"),
                Tables.sms("+9190", Set.of(), Policy.ORDERED, "mobile"),
                Tables.sms("+9190", Set.of(Lane.CRITICAL, Lane.NORMAL), Policy.ORDERED, "mobile-fast"));

        assertThat(first(table, AMERICAN, Lane.NORMAL)).isEqualTo("all");
        assertThat(first(table, AMERICAN, Lane.BULK)).isEqualTo("all-bulk");
        assertThat(first(table, "+918000000001", Lane.BULK)).isEqualTo("india");
        assertThat(first(table, INDIAN, Lane.BULK)).isEqualTo("mobile");
        assertThat(first(table, INDIAN, Lane.CRITICAL)).isEqualTo("mobile-fast");
    }

    @Test
    void says_why_there_is_no_route() {
        ChooseRoute choose = new ChooseRoute(Tables.of(Tables.sms("+91", Set.of(), Policy.ORDERED, "a", "b")));

        assertThat(choose.choose(new RouteRequest(Channel.WHATSAPP, INDIAN, Lane.NORMAL, Set.of()), Map.of(), 0))
                .isEqualTo(new NoRoute(Why.CHANNEL_HAS_NO_ROUTE));
        assertThat(choose.choose(request(AMERICAN, Set.of()), Map.of(), 0)).isEqualTo(new NoRoute(Why.NO_ROUTE_FITS));
        assertThat(choose.choose(request(INDIAN, Set.of("a", "b")), Map.of(), 0))
                .isEqualTo(new NoRoute(Why.ALL_EXCLUDED));
    }

    @Test
    void takes_the_first_that_is_available_and_keeps_those_that_are_down_for_last() {
        RoutingTable table = Tables.of(Tables.sms(Policy.ORDERED, "a", "b", "c"));

        assertThat(order(table, Map.of(), 0.99)).containsExactly("a", "b", "c");
        assertThat(order(table, Map.of("a", DOWN), 0.99)).containsExactly("b", "c", "a");
        assertThat(order(table, Map.of("a", DOWN, "b", DOWN, "c", DOWN), 0.99)).containsExactly("a", "b", "c");
    }

    @Test
    void asks_those_that_are_slow_after_those_that_are_well_and_before_those_that_are_down() {
        RoutingTable table = Tables.of(Tables.sms(Policy.ORDERED, "a", "b", "c"));

        assertThat(order(table, Map.of("a", SLOW), 0.5)).containsExactly("b", "c", "a");
        assertThat(order(table, Map.of("a", DOWN, "b", SLOW, "c", DOWN), 0.5)).containsExactly("b", "a", "c");
        assertThat(order(table, Map.of("a", SLOW, "b", SLOW, "c", SLOW), 0.5)).containsExactly("a", "b", "c");
    }

    @Test
    void shares_out_by_weight_among_those_that_are_slow_when_nobody_is_well() {
        RoutingTable table = Tables.of(Tables.weighted(new Leg("a", 3), new Leg("b", 1)));

        Map<String, Double> shares = shares(table, Map.of("a", SLOW, "b", SLOW));

        assertThat(shares.get("a")).isCloseTo(0.75, within(0.001));
    }

    @Test
    void gives_a_provider_that_comes_back_its_share_and_no_more() {
        RoutingTable table = Tables.of(Tables.sms(Policy.ORDERED, "a", "b"));

        Map<String, Double> shares = shares(table, Map.of("a", new ProviderCondition(0.2, null)));

        assertThat(shares.get("a")).isCloseTo(0.2, within(0.001));
        assertThat(shares.get("b")).isCloseTo(0.8, within(0.001));
    }

    @Test
    void gives_everything_to_those_that_come_back_when_nobody_is_well() {
        RoutingTable table = Tables.of(Tables.sms(Policy.ORDERED, "a", "b", "c"));

        Map<String, Double> one = shares(table, Map.of("a", DOWN, "b", new ProviderCondition(0.1, null), "c", DOWN));
        Map<String, Double> two = shares(
                table, Map.of("a", new ProviderCondition(0.2, null), "b", new ProviderCondition(0.2, null), "c", DOWN));

        assertThat(one).containsOnlyKeys("b");
        // A fifth, then a fifth of the rest; the rest of that is halved.
        assertThat(two).containsOnlyKeys("a", "b");
        assertThat(two.get("a")).isCloseTo(0.2 + 0.64 / 2, within(0.001));
    }

    @Test
    void shares_out_by_weight_and_by_what_each_may_have() {
        RoutingTable table = Tables.of(Tables.weighted(new Leg("a", 3), new Leg("b", 1), new Leg("c", 0)));

        Map<String, Double> well = shares(table, Map.of());
        Map<String, Double> damped = shares(table, Map.of("a", new ProviderCondition(0.1, null)));

        assertThat(well).containsOnlyKeys("a", "b");
        assertThat(well.get("a")).isCloseTo(0.75, within(0.001));
        assertThat(damped.get("a")).isCloseTo(0.3 / 1.3, within(0.001));
    }

    @Test
    void falls_back_on_a_weight_of_zero_before_it_waits() {
        RoutingTable table = Tables.of(Tables.weighted(new Leg("a", 3), new Leg("standby", 0)));

        assertThat(order(table, Map.of("a", DOWN), 0.5)).containsExactly("standby", "a");
    }

    @Test
    void takes_the_cheapest_for_a_message_that_arrives() {
        RoutingTable table = Tables.priced(
                Map.of("cheap", "0.010", "dear", "0.012"), Tables.sms(Policy.LEAST_COST, "dear", "cheap"));

        assertThat(order(table, Map.of(), 0)).containsExactly("cheap", "dear");
        assertThat(order(
                        table,
                        Map.of("cheap", new ProviderCondition(1, 0.8), "dear", new ProviderCondition(1, 0.99)),
                        0))
                .containsExactly("dear", "cheap");
        assertThat(order(table, Map.of("cheap", new ProviderCondition(1, 0.0)), 0))
                .containsExactly("dear", "cheap");
        assertThat(order(table, Map.of("cheap", DOWN), 0)).containsExactly("dear", "cheap");
    }

    @Test
    void puts_a_provider_without_a_price_after_those_that_have_one() {
        RoutingTable table = Tables.priced(Map.of("priced", "9"), Tables.sms(Policy.LEAST_COST, "unpriced", "priced"));

        assertThat(order(table, Map.of(), 0)).containsExactly("priced", "unpriced");
    }

    /** Goal: what holds of every choice. Method: thousands of random tables and conditions, from one seed. */
    @Test
    void names_each_provider_once_and_never_one_before_another_that_is_better() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            List<Leg> legs = legs(random);
            Route route = new Route(
                    Channel.SMS, "", Set.of(), List.of(Policy.values()).get(random.nextInt(3)), legs);
            Map<String, ProviderCondition> conditions = conditions(random, legs);

            List<String> order = order(Tables.of(route), conditions, random.nextDouble());

            assertThat(order)
                    .containsExactlyInAnyOrderElementsOf(
                            legs.stream().map(Leg::provider).toList());
            assertThat(order.stream()
                            .map(name -> conditions
                                    .getOrDefault(name, ProviderCondition.WELL)
                                    .standing())
                            .toList())
                    .isSorted();
        }
    }

    private static List<Leg> legs(Random random) {
        List<Leg> legs = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            legs.add(new Leg("p" + i, random.nextInt(3)));
        }
        return legs;
    }

    private static Map<String, ProviderCondition> conditions(Random random, List<Leg> legs) {
        Map<String, ProviderCondition> conditions = new HashMap<>();
        for (Leg leg : legs) {
            double share = List.of(0.0, 1.0, random.nextDouble()).get(random.nextInt(3));
            Double rate = random.nextBoolean() ? null : (Double) (double) random.nextInt(2);
            conditions.put(leg.provider(), new ProviderCondition(share, rate, random.nextBoolean()));
        }
        return conditions;
    }

    /** How often each is first, over evenly spread chances. */
    private static Map<String, Double> shares(RoutingTable table, Map<String, ProviderCondition> conditions) {
        int rounds = 10_000;
        Map<String, Double> shares = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            String first = order(table, conditions, (round + 0.5) / rounds).getFirst();
            shares.merge(first, 1.0 / rounds, Double::sum);
        }
        return shares;
    }

    private static String first(RoutingTable table, String recipient, Lane lane) {
        RouteRequest request = new RouteRequest(Channel.SMS, recipient, lane, Set.of());
        return ((Candidates) new ChooseRoute(table).choose(request, Map.of(), 0)).first();
    }

    private static List<String> order(RoutingTable table, Map<String, ProviderCondition> conditions, double random) {
        return ((Candidates) new ChooseRoute(table).choose(request(AMERICAN, Set.of()), conditions, random))
                .providers();
    }

    private static RouteRequest request(String recipient, Set<String> excluded) {
        return new RouteRequest(Channel.SMS, recipient, Lane.NORMAL, excluded);
    }
}
