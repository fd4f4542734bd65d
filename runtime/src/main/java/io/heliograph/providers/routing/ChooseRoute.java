package io.heliograph.providers.routing;

import io.heliograph.providers.routing.ProviderCondition.Standing;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.heliograph.providers.routing.RouteChoice.Candidates;
import io.heliograph.providers.routing.RouteChoice.NoRoute;
import io.heliograph.providers.routing.RouteChoice.Why;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Puts the providers of a message's route in order. A provider that has just come back is passed over by chance, so
 * often that it gets its share and no more, whatever the policy.
 */
public record ChooseRoute(RoutingTable table) {
    /** Chances are below 1, also after rounding. */
    private static final double CHANCE_MAX = Math.nextDown(1.0);

    /** A provider that the message may go to. */
    private record Candidate(Leg leg, ProviderCondition condition) {
        double share() {
            return condition.share();
        }

        double weightedShare() {
            return leg.weight() * condition.share();
        }
    }

    /** {@code random} is from 0 to 1, without 1. Providers without a condition are well. */
    public RouteChoice choose(RouteRequest request, Map<String, ProviderCondition> conditions, double random) {
        Route route = table.route(request.channel(), request.recipient(), request.lane());
        if (route == null) {
            return new NoRoute(missing(request));
        }
        List<Candidate> candidates = route.legs().stream()
                .filter(leg -> !request.excluded().contains(leg.provider()))
                .map(leg -> new Candidate(leg, conditions.getOrDefault(leg.provider(), ProviderCondition.WELL)))
                .toList();
        if (candidates.isEmpty()) {
            return new NoRoute(Why.ALL_EXCLUDED);
        }
        // Those that are slow are asked before those that are down, and neither before one that is well.
        return new Candidates(Arrays.stream(Standing.values())
                .map(standing -> candidates.stream()
                        .filter(candidate -> candidate.condition().standing() == standing)
                        .toList())
                .filter(alike -> !alike.isEmpty())
                .flatMap(alike -> ordered(alike, route.policy(), request.recipient(), random).stream())
                .map(candidate -> candidate.leg().provider())
                .toList());
    }

    private List<Candidate> ordered(List<Candidate> candidates, Policy policy, String recipient, double random) {
        return switch (policy) {
            case ORDERED -> damped(candidates, random);
            case WEIGHTED -> drawn(candidates, random);
            case LEAST_COST -> damped(cheapestFirst(candidates, recipient), random);
        };
    }

    private Why missing(RouteRequest request) {
        boolean channelHasOne = table.routes().stream().anyMatch(route -> route.channel() == request.channel());
        return channelHasOne ? Why.NO_ROUTE_FITS : Why.CHANNEL_HAS_NO_ROUTE;
    }

    /**
     * The first to whom chance gives its share is moved to the front. If nobody takes the message, all that are there are
     * coming back: one of them is drawn by share.
     */
    private static List<Candidate> damped(List<Candidate> candidates, double random) {
        double left = random;
        for (Candidate candidate : candidates) {
            if (left < candidate.share()) {
                return movedToFront(candidates, candidate);
            }
            // What is left of the chance is a chance again.
            left = Math.min((left - candidate.share()) / (1 - candidate.share()), CHANCE_MAX);
        }
        Candidate drawn = draw(candidates, Candidate::share, left).candidate();
        return movedToFront(candidates, drawn);
    }

    /** Draws one after the other, each by its weight among those that are left. */
    private static List<Candidate> drawn(List<Candidate> candidates, double random) {
        List<Candidate> left = new ArrayList<>(candidates);
        List<Candidate> ordered = new ArrayList<>(candidates.size());
        double chance = random;
        while (!left.isEmpty()) {
            Draw draw = draw(left, Candidate::weightedShare, chance);
            ordered.add(draw.candidate());
            left.remove(draw.candidate());
            chance = draw.chanceLeft();
        }
        return ordered;
    }

    /** One of several, and a chance for the next draw that is as even as the first one was. */
    private record Draw(Candidate candidate, double chanceLeft) {}

    private static Draw draw(List<Candidate> candidates, ToDoubleFunction<Candidate> weight, double random) {
        double sum = candidates.stream().mapToDouble(weight).sum();
        double point = random * sum;
        // Stays the first when nobody has any weight.
        Candidate last = candidates.getFirst();
        for (Candidate candidate : candidates) {
            double own = weight.applyAsDouble(candidate);
            if (point < own) {
                return new Draw(candidate, Math.min(point / own, CHANCE_MAX));
            }
            point -= own;
            last = own > 0 ? candidate : last;
        }
        return new Draw(last, random);
    }

    /** By what it costs that a message arrives; without a price last, else as in the file. */
    private List<Candidate> cheapestFirst(List<Candidate> candidates, String recipient) {
        return candidates.stream()
                .sorted(Comparator.comparingDouble(candidate -> cost(candidate, recipient)))
                .toList();
    }

    private double cost(Candidate candidate, String recipient) {
        RoutingTable.Account account = table.account(candidate.leg().provider());
        BigDecimal price = account == null ? null : account.prices().of(recipient);
        Double rate = candidate.condition().deliveryRate();
        if (price == null || (rate != null && rate == 0)) {
            return Double.POSITIVE_INFINITY;
        }
        // One that is not measured yet counts as perfect: so it is tried, and then it is measured.
        return price.doubleValue() / (rate == null ? 1 : rate);
    }

    private static List<Candidate> movedToFront(List<Candidate> candidates, Candidate first) {
        List<Candidate> moved = new ArrayList<>(candidates);
        moved.remove(first);
        moved.addFirst(first);
        return moved;
    }
}
