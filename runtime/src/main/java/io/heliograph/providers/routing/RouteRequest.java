package io.heliograph.providers.routing;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import java.util.Set;

/** A message that wants a provider. Prints without its recipient. */
public record RouteRequest(
        Channel channel,
        String recipient,
        Lane lane,
        /* Providers that it must not go to, such as one that has just refused it. */
        Set<String> excluded) {
    public RouteRequest {
        excluded = Set.copyOf(excluded);
    }

    @Override
    public String toString() {
        return channel.word() + " in lane " + lane.word();
    }
}
