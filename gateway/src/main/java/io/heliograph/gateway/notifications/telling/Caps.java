package io.heliograph.gateway.notifications.telling;

import io.heliograph.gateway.notifications.deciding.CapCounter;
import io.heliograph.gateway.notifications.deciding.CapCounter.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what is planned against what users got already. Pure. */
final class Caps {
    private Caps() {}

    static Set<CapCounter> counters(List<Plan> plans) {
        Set<CapCounter> counters = new HashSet<>();
        plans.forEach(plan -> plan.limits().forEach(limit -> counters.add(limit.counter())));
        return counters;
    }

    /** The plans in their order, with those capped for which there is no room left. */
    static List<Plan> within(List<Plan> plans, Map<CapCounter, Integer> counts) {
        if (counts.isEmpty()) {
            return plans;
        }
        Map<CapCounter, Integer> told = new HashMap<>(counts);
        List<Plan> within = new ArrayList<>(plans.size());
        for (Plan plan : plans) {
            boolean hasRoom =
                    plan.limits().stream().allMatch(limit -> told.getOrDefault(limit.counter(), 0) < limit.max());
            if (hasRoom) {
                add(told, plan);
            }
            within.add(hasRoom ? plan : plan.capped());
        }
        return within;
    }

    static void add(Map<CapCounter, Integer> counts, Plan plan) {
        for (Limit limit : plan.limits()) {
            int _ = counts.merge(limit.counter(), 1, Integer::sum);
        }
    }
}
