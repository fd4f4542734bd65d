package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.posting.NotificationStore.First;
import io.heliograph.gateway.notifications.posting.NotificationStore.KeyId;
import io.heliograph.gateway.notifications.posting.NotificationStore.Settled;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores what a group of events comes to, in one transaction: keys, messages with their promises, notifications. */
final class PlanStore {
    private final Pool pool;
    private final Topics topics;
    private final ErasedPersons erased;

    PlanStore(Pool pool, Topics topics, ErasedPersons erased) {
        this.pool = pool;
        this.topics = topics;
        this.erased = erased;
    }

    /** What became of each event, by its id. Everything is stored, or the Future fails and nothing is. */
    Future<Map<UUID, Notified>> store(List<Plan> plans) {
        return plans.isEmpty()
                ? Future.succeededFuture(Map.of())
                : pool.withTransaction(connection -> store(connection, plans));
    }

    private Future<Map<UUID, Notified>> store(SqlClient connection, List<Plan> plans) {
        List<PostedEvent> keyed = plans.stream()
                .map(Plan::event)
                .filter(event -> event.key() != null)
                .toList();
        return NotificationStore.claimKeys(connection, keyed).compose(claimed -> {
            List<Plan> news = plans.stream()
                    .filter(plan -> plan.event().key() == null
                            || claimed.contains(plan.event().id()))
                    .toList();
            List<PostedEvent> taken = keyed.stream()
                    .filter(event -> !claimed.contains(event.id()))
                    .toList();
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
        List<Plan> telling =
                plans.stream().filter(plan -> !plan.messages().isEmpty()).toList();
        return AcceptStore.accept(connection, telling.stream().map(Plan::intent).toList(), topics, erased)
                .compose(accepted -> {
                    List<Settled> settled = settled(plans, telling, accepted);
                    return NotificationStore.store(connection, settled).map(at -> stored(settled, at));
                });
    }

    private static List<Settled> settled(List<Plan> plans, List<Plan> telling, List<Accepted> accepted) {
        Map<UUID, List<Accepted.ItemAnswer>> answers = HashMap.newHashMap(telling.size());
        for (int i = 0; i < telling.size(); i++) {
            if (accepted.get(i) instanceof Accepted.Answered answered) {
                answers.put(telling.get(i).event().id(), answered.items());
            }
        }
        return plans.stream()
                .map(plan -> new Settled(
                        plan.event(),
                        plan.outcomes(answers.getOrDefault(plan.event().id(), List.of()))))
                .toList();
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
