package io.heliograph.gateway.notifications.templates;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.routing.ChooseRoute;
import io.heliograph.providers.routing.RouteChoice;
import io.heliograph.providers.routing.RouteRequest;
import io.heliograph.providers.routing.RoutingTable;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a message would cost with the provider that it would go to if all are well. */
final class Prices {
    private static final double ANY_CHANCE = 0.5;

    private final Supplier<RoutingTable> tables;

    Prices(Supplier<RoutingTable> tables) {
        this.tables = tables;
    }

    /** Providers count an SMS by its segments. Null where nobody knows the price. */
    @Nullable
    JsonObject of(Channel channel, String recipient, Lane lane, int segments) {
        RoutingTable table = tables.get();
        RouteChoice choice = new ChooseRoute(table)
                .choose(new RouteRequest(channel, recipient, lane, Set.of()), Map.of(), ANY_CHANCE);
        RoutingTable.Account account =
                choice instanceof RouteChoice.Candidates candidates ? table.account(candidates.first()) : null;
        BigDecimal price = account == null ? null : account.prices().of(recipient);
        if (account == null || price == null) {
            return null;
        }
        int counted = channel == Channel.SMS ? Math.max(1, segments) : 1;
        return new JsonObject()
                .put("provider", account.name())
                .put("currency", account.prices().currency())
                .put("price", price)
                .put("amount", price.multiply(BigDecimal.valueOf(counted)));
    }
}
