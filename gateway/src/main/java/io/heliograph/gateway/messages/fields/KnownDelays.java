package io.heliograph.gateway.messages.fields;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.gateway.accounts.AccountBacklog;
import io.heliograph.providers.fleet.FleetRoutes;
import io.heliograph.providers.routing.RouteRequest;
import java.time.Duration;
import java.util.Set;

/**
 * Estimates by what waits for the provider and by what the account's own limit holds back. Both get less at the same time, so the
 * longer one counts.
 */
public final class KnownDelays implements Estimates {
    /** Which of several providers an estimate is for. */
    private static final double ANY_CHANCE = 0.5;

    private final FleetRoutes routes;
    private final AccountBacklog accounts;

    public KnownDelays(FleetRoutes routes, AccountBacklog accounts) {
        this.routes = routes;
        this.accounts = accounts;
    }

    @Override
    public Duration delay(long accountId, Channel channel, String recipient, Lane lane, Duration validFor) {
        RouteRequest request = new RouteRequest(channel, recipient, lane, Set.of());
        Duration ofProvider = routes.view().delay(request, validFor, ANY_CHANCE);
        Duration ofAccount = accounts.delay(accountId, lane);
        return ofAccount.compareTo(ofProvider) > 0 ? ofAccount : ofProvider;
    }
}
