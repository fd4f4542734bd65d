package io.heliograph.providers.routing;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where some messages go.
 *
 * @param prefix of the recipients; empty for all
 * @param lanes empty for all
 * @param legs in the order of the file, at least one
 */
public record Route(Channel channel, String prefix, Set<Lane> lanes, Policy policy, List<Leg> legs) {
    /** A provider account on the route. The weight counts with {@link Policy#WEIGHTED} only. */
    public record Leg(String provider, int weight) {}

    /** Which of the providers comes first. */
    public enum Policy {
        /** The first that is available. */
        ORDERED,
        /** By chance, so that each gets its share. */
        WEIGHTED,
        /** The one with the lowest price for a message that arrives. */
        LEAST_COST;

        public static final List<String> WORDS =
                Arrays.stream(values()).map(Policy::word).toList();

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Policy of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** The more special first: a longer prefix before a shorter one, and named lanes before all lanes. */
    public static final Comparator<Route> PRECEDENCE = Comparator.comparing(Route::channel)
            .thenComparing(
                    Comparator.comparingInt((Route route) -> route.prefix().length())
                            .reversed())
            .thenComparing(route -> route.lanes().isEmpty());

    public Route {
        lanes = Set.copyOf(lanes);
        legs = List.copyOf(legs);
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("A route leads somewhere");
        }
    }

    public boolean takes(Channel channel, String recipient, Lane lane) {
        return channel == this.channel && recipient.startsWith(prefix) && (lanes.isEmpty() || lanes.contains(lane));
    }
}
