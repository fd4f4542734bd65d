package io.heliograph.providers.routing;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of providers without its secrets. Workers, who have the file, put it into the database; gateway and relay read
 * it from there.
 *
 * @param accounts in the order of the file
 * @param routes in the order in which they are tried, whatever order they come in
 */
public record RoutingTable(List<Account> accounts, List<Route> routes, FleetLimits limits) {
    /** Nothing leads anywhere. */
    public static final RoutingTable EMPTY = new RoutingTable(List.of(), List.of(), FleetLimits.NONE);

    /**
     * A provider account, as far as everybody may know it.
     *
     * @param pushKey what browsers that are to hear from it subscribe with; null where it is nothing of browsers'
     */
    public record Account(
            String name,
            ProviderKind kind,
            Set<Channel> channels,
            Senders senders,
            AccountLimits limits,
            PriceTable prices,
            @Nullable String pushKey) {
        public Account(
                String name,
                ProviderKind kind,
                Set<Channel> channels,
                Senders senders,
                AccountLimits limits,
                PriceTable prices) {
            this(name, kind, channels, senders, limits, prices, null);
        }

        public Account {
            channels = Set.copyOf(channels);
        }
    }

    public RoutingTable {
        accounts = List.copyOf(accounts);
        routes = routes.stream().sorted(Route.PRECEDENCE).toList();
    }

    /** Null when there is none of that name. */
    public @Nullable Account account(String name) {
        for (Account account : accounts) {
            if (account.name().equals(name)) {
                return account;
            }
        }
        return null;
    }

    /** The most special one that takes such a message; null when none does. */
    public @Nullable Route route(Channel channel, String recipient, Lane lane) {
        for (Route route : routes) {
            if (route.takes(channel, recipient, lane)) {
                return route;
            }
        }
        return null;
    }
}
