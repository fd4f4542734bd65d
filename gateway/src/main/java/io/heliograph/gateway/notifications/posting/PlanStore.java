package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.posting.NotificationStore.First;
import io.heliograph.gateway.notifications.posting.NotificationStore.KeyId;
import io.heliograph.gateway.notifications.posting.NotificationStore.Settled;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores what a group of events comes to, in one transaction: keys, what is held, counts of caps, messages with their promises,
 * notifications; locked in this order, so that no two gateways wait for each other in turn.
 */
final class PlanStore {
    private final Pool pool;
    private final Topics topics;

    PlanStore(Pool pool, Topics topics) {
        this.pool = pool;
        this.topics = topics;
    }

    /** What became of each plan's event, by its id. Everything is stored, or the Future fails and nothing is. */
    Future<Map<UUID, Notified>> store(List<PostedEvents> batches, List<Plan> plans) {
        return plans.isEmpty()
                ? Future.succeededFuture(Map.of())
                : pool.withTransaction(connection -> BatchKeyStore.reused(connection, batches)
                        .compose(reused -> store(connection, plans, reused).map(stored -> {
                            reused.forEach(id -> stored.put(id, new Notified.BatchKeyReused()));
                            return stored;
                        })));
    }

    /** Nothing is stored of a batch whose key stands for another one. */
    private Future<Map<UUID, Notified>> store(SqlClient connection, List<Plan> plans, Set<UUID> reused) {
        List<Plan> free = reused.isEmpty()
                ? plans
                : plans.stream()
                        .filter(plan -> !reused.contains(plan.event().id()))
                        .toList();
        List<PostedEvent> keyed = free.stream()
                .map(Plan::event)
                .filter(event -> event.key() != null)
                .toList();
        return NotificationStore.claimKeys(connection, keyed).compose(claimed -> {
            List<Plan> news = new ArrayList<>(free.size());
            List<PostedEvent> taken = new ArrayList<>();
            for (Plan plan : free) {
                if (plan.event().key() == null || claimed.contains(plan.event().id())) {
                    news.add(plan);
                } else {
                    taken.add(plan.event());
                }
            }
            return storeNew(connection, news)
                    .compose(stored -> NotificationStore.first(connection, taken)
                            .map(first -> {
                                taken.forEach(
                                        event -> stored.put(event.id(), replayed(event, first.get(keyId(event)))));
                                return stored;
                            }));
        });
    }

    private Future<Map<UUID, Notified>> storeNew(SqlClient connection, List<Plan> plans) {
        if (plans.isEmpty()) {
            return Future.succeededFuture(new HashMap<>());
        }
        List<Plan> held = plans.stream().filter(plan -> plan.held() != null).toList();
        return DigestStore.hold(connection, held, plans.getFirst().event().now())
                .compose(done -> TellStore.tell(connection, plans, topics))
                .compose(settled -> NotificationStore.store(connection, settled).map(at -> stored(settled, at)));
    }

    private static Map<UUID, Notified> stored(List<Settled> settled, OffsetDateTime at) {
        Map<UUID, Notified> stored = HashMap.newHashMap(settled.size());
        settled.forEach(one -> stored.put(
                one.event().id(), new Notified.Stored(NotificationView.of(one.event(), one.outcomes(), at))));
        return stored;
    }

    private static Notified replayed(PostedEvent event, @Nullable First first) {
        if (first == null
                || event.key() == null
                || first.view().isEmpty()
                || !first.requestHash().equals(event.key().requestHash())) {
            return new Notified.KeyReused();
        }
        return new Notified.Replayed(first.view());
    }

    private static KeyId keyId(PostedEvent event) {
        return new KeyId(
                event.accountId(), event.key() == null ? "" : event.key().value());
    }
}
