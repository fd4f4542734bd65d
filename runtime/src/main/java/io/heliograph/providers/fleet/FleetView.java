package io.heliograph.providers.fleet;

import io.heliograph.contract.Lane;
import io.heliograph.providers.routing.ChooseRoute;
import io.heliograph.providers.routing.ProviderCondition;
import io.heliograph.providers.routing.ProviderCondition.Standing;
import io.heliograph.providers.routing.Route;
import io.heliograph.providers.routing.RouteChoice;
import io.heliograph.providers.routing.RouteRequest;
import io.heliograph.providers.routing.RoutingTable;
import java.time.Duration;
import java.util.List;
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
        List<String> candidates = candidates(request, random);
        return candidates.isEmpty() ? NOWHERE : candidates.getFirst();
    }

    /** The same for a message that is to leave within that time: one whose line would outlive it only when all would. */
    public String topic(RouteRequest request, Duration within, double random) {
        return candidates(request, random).stream()
                .filter(provider -> standing(provider) != Standing.DOWN && isInTime(provider, request.lane(), within))
                .findFirst()
                .orElseGet(() -> topic(request, random));
    }

    /** How long a message that comes now will probably wait, when it goes where it leaves within that time. */
    public Duration delay(RouteRequest request, Duration within, double random) {
        return delay(topic(request, within, random), request.lane());
    }

    /** How long a message that comes to this topic now will probably wait. */
    public Duration delay(String topic, Lane lane) {
        return loads.getOrDefault(topic, ProviderLoad.IDLE).delay(lane);
    }

    /** A provider that is well, for a message that would not leave in time where it is; null when there is none. */
    public @Nullable String soonerTopic(RouteRequest request, Duration within, double random) {
        return candidates(request, random).stream()
                .filter(provider -> standing(provider) == Standing.WELL && isInTime(provider, request.lane(), within))
                .findFirst()
                .orElse(null);
    }

    private boolean isInTime(String provider, Lane lane, Duration within) {
        return delay(provider, lane).compareTo(within) < 0;
    }

    private List<String> candidates(RouteRequest request, double random) {
        return switch (new ChooseRoute(table).choose(request, conditions, random)) {
            case RouteChoice.Candidates candidates -> candidates.providers();
            case RouteChoice.NoRoute _ -> List.of();
        };
    }

    /** Whether some messages may go to this provider or to another. */
    public boolean isOneOfSeveral(String provider) {
        return table.routes().stream()
                .map(Route::legs)
                .anyMatch(legs -> legs.size() > 1
                        && legs.stream().anyMatch(leg -> leg.provider().equals(provider)));
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
