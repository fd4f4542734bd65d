package io.heliograph.gateway.outbox;

import io.heliograph.providers.fleet.FleetRoutes;
import io.heliograph.providers.routing.RouteRequest;
import java.util.Set;
import java.util.function.DoubleSupplier;

/** Routes by what is known of the fleet at this moment, from memory. */
public final class RoutedTopics implements Topics {
    private final FleetRoutes routes;
    private final DoubleSupplier random;

    public RoutedTopics(FleetRoutes routes, DoubleSupplier random) {
        this.routes = routes;
        this.random = random;
    }

    @Override
    public String of(NewMessage message) {
        RouteRequest request = new RouteRequest(message.channel(), message.recipient(), message.lane(), Set.of());
        return message.sendAt() == null
                ? routes.view().topic(request, message.validFor(), random.getAsDouble())
                // How long lines will be by then is not known.
                : routes.view().topic(request, random.getAsDouble());
    }
}
