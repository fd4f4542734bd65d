package io.heliograph.gateway.notifications.telling;

import io.heliograph.gateway.notifications.deciding.CapCounter;
import io.heliograph.gateway.outbox.NewMessage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Tells of plans as much as their users may still have. Where there are caps the client is in a transaction. */
public final class TellStore {
    /** What was told: the plans as they were stored, and by the ids of messages and notifications when. */
    public record Told(List<Plan> plans, Map<UUID, OffsetDateTime> stored) {
        public JsonObject outcomes(Plan plan) {
            return plan.outcomes(stored::containsKey);
        }
    }

    private TellStore() {}

    /** {@code write} stores what is left of them, and answers what it stored. */
    public static Future<Told> tell(
            SqlClient client, List<Plan> plans, Function<List<Plan>, Future<Map<UUID, OffsetDateTime>>> write) {
        return CapStore.hold(client, Caps.counters(plans)).compose(counts -> {
            List<Plan> within = Caps.within(plans, counts);
            return write.apply(within)
                    .compose(stored ->
                            CapStore.add(client, counted(within, stored)).map(new Told(within, stored)));
        });
    }

    public static List<NewMessage> messages(List<Plan> plans) {
        return plans.stream().flatMap(Plan::allMessages).toList();
    }

    /** A notification of which nothing was stored, because its recipients have opted out, does not count. */
    private static Map<CapCounter, Integer> counted(List<Plan> plans, Map<UUID, OffsetDateTime> stored) {
        Map<CapCounter, Integer> counted = new HashMap<>();
        for (Plan plan : plans) {
            if (plan.allMessages().anyMatch(message -> stored.containsKey(message.id()))) {
                Caps.add(counted, plan);
            }
        }
        return counted;
    }
}
