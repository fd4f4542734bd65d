package io.heliograph.providers.routing;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.heliograph.providers.routing.RoutingTable.Account;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Routing tables in which only what matters to a test is said. */
final class Tables {
    static final Set<Lane> ALL_LANES = Set.of();

    private Tables() {}

    static RoutingTable of(Route... routes) {
        List<Account> accounts = Arrays.stream(routes)
                .flatMap(route -> route.legs().stream())
                .map(Leg::provider)
                .distinct()
                .map(name -> account(name, PriceTable.NONE))
                .toList();
        return new RoutingTable(accounts, List.of(routes), FleetLimits.NONE);
    }

    static RoutingTable priced(Map<String, String> prices, Route... routes) {
        List<Account> accounts = prices.entrySet().stream()
                .map(price ->
                        account(price.getKey(), new PriceTable("EUR", new BigDecimal(price.getValue()), Map.of())))
                .toList();
        return new RoutingTable(accounts, List.of(routes), FleetLimits.NONE);
    }

    static Account account(String name, PriceTable prices) {
        return new Account(
                name,
                ProviderKind.LOG,
                Set.of(Channel.SMS),
                new Senders(List.of()),
                new AccountLimits(null, 8, Duration.ofSeconds(10), 100),
                prices);
    }

    static Route sms(Policy policy, String... providers) {
        return sms("", ALL_LANES, policy, providers);
    }

    static Route sms(String prefix, Set<Lane> lanes, Policy policy, String... providers) {
        return new Route(
                Channel.SMS,
                prefix,
                lanes,
                policy,
                Arrays.stream(providers).map(name -> new Leg(name, 1)).toList());
    }

    static Route weighted(Leg... legs) {
        return new Route(Channel.SMS, "", ALL_LANES, Policy.WEIGHTED, List.of(legs));
    }
}
