package io.heliograph.providers.fleet;

import io.heliograph.providers.routing.ChooseRoute;
import io.heliograph.providers.routing.ProviderCondition;
import io.heliograph.providers.routing.ProviderCondition.Standing;
import io.heliograph.providers.routing.RouteChoice;
import io.heliograph.providers.routing.RouteRequest;
import io.heliograph.providers.routing.RoutingTable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was read at one moment. */
public record FleetView(
        RoutingTable table, Map<String, ProviderCondition> conditions, Map<String, ProviderLoad> loads) {
    public static final FleetView NOTHING = new FleetView(RoutingTable.EMPTY, Map.of(), Map.of());

    /** Where messages wait that no route leads anywhere: a worker takes them from there, and fails them. */
    public static final String NOWHERE = "none";

    public FleetView {
        conditions = Map.copyOf(conditions);
        loads = Map.copyOf(loads);
    }

    /**
     * The topic of a message's promise: its provider. Before any routes are known it is the channel, and a worker finds
     * the way later. {@code random} is from 0 to 1, without 1.
     */
    public String topic(RouteRequest request, double random) {
        if (table.accounts().isEmpty()) {
            return request.channel().word();
        }
        return switch (new ChooseRoute(table).choose(request, conditions, random)) {
            case RouteChoice.Candidates candidates -> candidates.first();
            case RouteChoice.NoRoute _ -> NOWHERE;
        };
    }

    /** How long a message that comes now will probably wait. */
    public Duration delay(RouteRequest request, double random) {
        return loads.getOrDefault(topic(request, random), ProviderLoad.IDLE).delay(request.lane());
    }

    /**
     * A provider that may take the message and is well, or at least better than the one that it would leave; null when there
     * is none. From a topic that nobody serves, all that is not down is better.
     */
    public @Nullable String betterTopic(RouteRequest request, String leaving, double random) {
        String topic = topic(request, random);
        if (table.account(topic) == null) {
            return null;
        }
        Standing standing = standing(topic);
        Standing left = table.account(leaving) == null ? Standing.DOWN : standing(leaving);
        return standing == Standing.WELL || standing.compareTo(left) < 0 ? topic : null;
    }

    /** Of a provider, or of any other topic: those are well until somebody says otherwise. */
    public Standing standing(String topic) {
        return conditions.getOrDefault(topic, ProviderCondition.WELL).standing();
    }
}
