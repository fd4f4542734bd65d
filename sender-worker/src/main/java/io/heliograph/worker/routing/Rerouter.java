package io.heliograph.worker.routing;

import io.heliograph.contract.Lane;
import io.heliograph.providers.fleet.FleetRoutes;
import io.heliograph.providers.fleet.FleetView;
import io.heliograph.providers.routing.ProviderCondition.Standing;
import io.heliograph.providers.routing.RouteRequest;
import io.heliograph.runtime.Ids;
import io.heliograph.worker.routing.RerouteStore.Place;
import io.heliograph.worker.routing.RerouteStore.Waiting;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds another way for messages that wait where nobody sends, or slowly: at a provider that is down or slow, at one whose line would
 * outlive them, at one that the file no longer names, or without a route because none was known when they came. Every worker does
 * this; what one moves, the others find moved.
 */
public final class Rerouter {
    private static final Logger log = LoggerFactory.getLogger(Rerouter.class);
    private static final int BATCH_MAX = 500;
    private static final long SECONDS_MAX = 20;
    /** A shorter line is over before anybody has found a way round it. */
    private static final Duration LINE_MIN = Duration.ofSeconds(10);

    private final RerouteStore store;
    private final FleetRoutes routes;
    private final DoubleSupplier random;
    private final Map<String, Place> places = new HashMap<>();

    public Rerouter(RerouteStore store, FleetRoutes routes, DoubleSupplier random) {
        this.store = store;
        this.routes = routes;
        this.random = random;
    }

    /** Looks at every topic. Answers how many messages were moved. */
    public int runOnce() throws TimeoutException {
        FleetView view = routes.view();
        if (view.table().accounts().isEmpty()) {
            return 0;
        }
        int moved = 0;
        for (String topic : await(store.topics())) {
            if (!topic.equals(FleetView.NOWHERE) && (!isWell(view, topic) || mayOutlive(view, topic))) {
                moved += reroute(view, topic);
            }
        }
        return moved;
    }

    private static boolean isWell(FleetView view, String topic) {
        return view.table().account(topic) != null && view.standing(topic) == Standing.WELL;
    }

    private static boolean mayOutlive(FleetView view, String topic) {
        return view.isOneOfSeveral(topic) && view.delay(topic, Lane.BULK).compareTo(LINE_MIN) >= 0;
    }

    private int reroute(FleetView view, String topic) throws TimeoutException {
        Place after = places.getOrDefault(topic, Place.START);
        List<Waiting> looked = await(store.waiting(topic, after, BATCH_MAX));
        places.put(topic, next(looked));
        List<Waiting> leaving = new ArrayList<>();
        List<String> topics = new ArrayList<>();
        for (Waiting waiting : looked) {
            String better = better(view, topic, waiting);
            if (better != null) {
                leaving.add(waiting);
                topics.add(better);
            }
        }
        if (leaving.isEmpty()) {
            return 0;
        }
        int moved = await(store.move(leaving, topics, topic));
        log.atInfo().addKeyValue("from", topic).addKeyValue("messages", moved).log("Moved messages to other providers");
        return moved;
    }

    /** After the least of what the lanes have shown, so that none is passed over; from the start when all was seen. */
    private static Place next(List<Waiting> looked) {
        Map<Lane, List<Waiting>> byLane = looked.stream().collect(Collectors.groupingBy(Waiting::lane));
        return byLane.values().stream()
                .filter(ofLane -> ofLane.size() >= BATCH_MAX)
                .map(ofLane -> ofLane.getLast().place())
                .min(Comparator.comparingLong(Place::account)
                        .thenComparing(Place::due)
                        .thenComparing(Place::message, Ids.ORDER))
                .orElse(Place.START);
    }

    /** Null when there is none: then the message waits where it is. */
    private @Nullable String better(FleetView view, String topic, Waiting waiting) {
        boolean mayLeave = waiting.isUnsent() && !waiting.expired();
        if (isWell(view, topic)) {
            return mayLeave && waiting.validFor().compareTo(view.delay(topic, waiting.lane())) <= 0
                    ? view.soonerTopic(elsewhere(topic, waiting), waiting.validFor(), random.getAsDouble())
                    : null;
        }
        if (!mayLeave && view.table().account(topic) != null && view.standing(topic) == Standing.SLOW) {
            return null;
        }
        if (!mayLeave) {
            // Nobody takes it from here, and nobody has to send it: somebody has to settle it, or find out about it.
            return FleetView.NOWHERE;
        }
        RouteRequest request = elsewhere(topic, waiting);
        boolean served = view.table().account(topic) != null;
        if (served || !waiting.avoided().isEmpty()) {
            String better = view.betterTopic(request, topic, random.getAsDouble());
            // What failed elsewhere does not wait for one that is down: it ends, and what may follow it comes at once.
            return better == null && !served ? FleetView.NOWHERE : better;
        }
        // Wherever it leads: nobody serves the place where it is.
        return view.topic(request, random.getAsDouble());
    }

    private static RouteRequest elsewhere(String topic, Waiting waiting) {
        Set<String> excluded = new HashSet<>(waiting.avoided());
        excluded.add(topic);
        return new RouteRequest(waiting.channel(), waiting.recipient(), waiting.lane(), excluded);
    }

    private static <T> T await(Future<T> answer) throws TimeoutException {
        return answer.await(SECONDS_MAX, TimeUnit.SECONDS);
    }
}
