package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.posting.NotificationStore.Settled;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stores the messages of plans, as many as their users may still have, in the transaction that the client is in. */
final class TellStore {
    private TellStore() {}

    /** What became of each plan, in their order. */
    static Future<List<Settled>> tell(SqlClient client, List<Plan> plans, Topics topics) {
        return CapStore.hold(client, Caps.counters(plans)).compose(counts -> {
            List<Plan> within = Caps.within(plans, counts);
            List<Plan> telling =
                    within.stream().filter(plan -> !plan.messages().isEmpty()).toList();
            if (telling.isEmpty()) {
                return Future.succeededFuture(settled(within, List.of()));
            }
            return AcceptStore.accept(client, telling.stream().map(Plan::intent).toList(), topics)
                    .compose(accepted ->
                            CapStore.add(client, told(telling, accepted)).map(settled(within, accepted)));
        });
    }

    /** A notification of which nothing was stored, because its recipients have opted out, does not count. */
    private static Map<CapCounter, Integer> told(List<Plan> telling, List<Accepted> accepted) {
        Map<CapCounter, Integer> told = new HashMap<>();
        for (int i = 0; i < telling.size(); i++) {
            if (items(accepted.get(i)).stream().anyMatch(Accepted.Stored.class::isInstance)) {
                Caps.add(told, telling.get(i));
            }
        }
        return told;
    }

    /** {@code accepted} is of those plans, in their order, that have messages. */
    private static List<Settled> settled(List<Plan> plans, List<Accepted> accepted) {
        List<Settled> settled = new ArrayList<>(plans.size());
        int place = 0;
        for (Plan plan : plans) {
            List<Accepted.ItemAnswer> answers = plan.messages().isEmpty() ? List.of() : items(accepted.get(place++));
            settled.add(new Settled(plan.event(), plan.outcomes(answers)));
        }
        return settled;
    }

    private static List<Accepted.ItemAnswer> items(Accepted accepted) {
        return switch (accepted) {
            case Accepted.Answered answered -> answered.items();
            // They come without keys.
            case Accepted.BatchKeyReused _ -> List.of();
        };
    }
}
