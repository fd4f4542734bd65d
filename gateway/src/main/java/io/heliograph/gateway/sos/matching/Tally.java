package io.heliograph.gateway.sos.matching;

import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** How many donors were not asked, by reason. */
final class Tally {
    private final Map<String, Integer> byReason = new TreeMap<>();

    void add(Reason reason) {
        add(reason.word(), 1);
    }

    void add(String reason, int donors) {
        if (donors > 0) {
            int _ = byReason.merge(reason, donors, Integer::sum);
        }
    }

    void add(Tally other) {
        other.byReason.forEach(this::add);
    }

    int total() {
        return byReason.values().stream().mapToInt(Integer::intValue).sum();
    }

    JsonObject json() {
        JsonObject reasons = new JsonObject();
        byReason.forEach(reasons::put);
        return new JsonObject().put("total", total()).put("by_reason", reasons);
    }
}
