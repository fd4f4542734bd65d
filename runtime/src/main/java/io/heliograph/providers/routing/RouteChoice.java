package io.heliograph.providers.routing;

import java.util.List;

/** Where a message goes. */
public sealed interface RouteChoice {
    /**
     * At least one; the first is the choice, the others come after it in that order. Those that are down come last: with
     * nobody better, a message waits there.
     */
    record Candidates(List<String> providers) implements RouteChoice {
        public Candidates {
            providers = List.copyOf(providers);
        }

        public String first() {
            return providers.getFirst();
        }
    }

    record NoRoute(Why why) implements RouteChoice {}

    enum Why {
        /** The file has no route for the channel. */
        CHANNEL_HAS_NO_ROUTE,
        /** It has, but none for such recipients and lanes. */
        NO_ROUTE_FITS,
        /** The route's providers are all excluded. */
        ALL_EXCLUDED
    }
}
