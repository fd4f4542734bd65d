package io.heliograph.providers;

import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.providers.routing.Route;
import io.heliograph.providers.routing.RoutingTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of providers in which everything is right: every route leads to accounts that are there and carry its channel.
 *
 * @param accounts by their names, in the order of the file
 * @param routes in the order in which they are tried, whatever order they come in
 * @param version rises with every change, so that no older file replaces a newer one; 0 when it has none
 */
public record Providers(
        Map<String, ProviderAccount> accounts, List<Route> routes, FleetLimits limits, Retries retry, int version) {
    public Providers {
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
        routes = routes.stream().sorted(Route.PRECEDENCE).toList();
    }

    public Providers(Map<String, ProviderAccount> accounts, List<Route> routes, FleetLimits limits, Retries retry) {
        this(accounts, routes, limits, retry, 0);
    }

    /** All of it that is no secret, for the processes that do not have the file. */
    public RoutingTable routingTable() {
        return new RoutingTable(
                accounts.values().stream().map(ProviderAccount::shared).toList(), routes, limits);
    }
}
