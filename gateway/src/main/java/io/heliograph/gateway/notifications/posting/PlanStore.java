package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.posting.NotificationStore.First;
import io.heliograph.gateway.notifications.posting.NotificationStore.KeyId;
import io.heliograph.gateway.notifications.telling.DigestStore;
import io.heliograph.gateway.notifications.telling.Plan;
import io.heliograph.gateway.notifications.telling.PostedWebhookStore;
import io.heliograph.gateway.notifications.telling.TellStore;
import io.heliograph.gateway.notifications.telling.TellStore.Told;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.NewNotification;
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
 * Stores what a group of events comes to: most in one statement, as messages are. Where batches have keys, or something is held,
 * posted to webhooks or capped, in one transaction: keys, what is held, webhooks, counts of caps, messages with their promises and notifications, locked in this
 * order, so that no two gateways wait for each other in turn.
 */
final class PlanStore {
    private final Pool pool;
    private final Topics topics;
    private final ErasedPersons erased;

    PlanStore(Pool pool, Topics topics, ErasedPersons erased) {
        this.pool = pool;
        this.topics = topics;
        this.erased = erased;
    }

    /** What became of each plan's event, by its id. Everything is stored, or the Future fails and nothing is. */
    Future<Map<UUID, Notified>> store(List<PostedEvents> batches, List<Plan> plans) {
        if (plans.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        boolean isSimple = batches.isEmpty()
                && plans.stream()
                        .allMatch(plan -> plan.held() == null
                                && plan.webhook() == null
                                && plan.limits().isEmpty());
        return isSimple
                ? tell(pool, plans, true)
                        .compose(done -> answers(done, taken(done)).recover(failure -> unknown(done, failure)))
                : pool.withTransaction(connection ->
                        BatchKeyStore.reused(connection, batches).compose(reused -> store(connection, plans, reused)));
    }

    /** Nothing is stored of a batch whose key stands for another one. */
    private Future<Map<UUID, Notified>> store(SqlClient connection, List<Plan> plans, Set<UUID> reused) {
        List<Plan> free = plans.stream()
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
                    .compose(done -> answers(connection, done, taken))
                    .map(answers -> {
                        reused.forEach(id -> answers.put(id, new Notified.BatchKeyReused()));
                        return answers;
                    });
        });
    }

    private Future<Done> storeNew(SqlClient connection, List<Plan> plans) {
        if (plans.isEmpty()) {
            return Future.succeededFuture(Done.NOTHING);
        }
        List<Plan> held = plans.stream().filter(plan -> plan.held() != null).toList();
        return DigestStore.hold(connection, held, plans.getFirst().event().now())
                .compose(done -> PostedWebhookStore.post(connection, plans))
                .compose(posted -> tell(connection, posted, false));
    }

    private Future<Done> tell(SqlClient client, List<Plan> plans, boolean withKeys) {
        List<NewNotification> notifications = new ArrayList<>(plans.size());
        return TellStore.tell(client, plans, within -> {
                    within.forEach(plan -> notifications.add(plan.notification(withKeys)));
                    return AcceptStore.tell(client, TellStore.messages(within), notifications, topics, erased);
                })
                .map(told -> new Done(told, notifications));
    }

    /** What was told, and the notifications, one of each plan, as they were written: as if nobody had opted out. */
    private record Done(Told told, List<NewNotification> notifications) {
        static final Done NOTHING = new Done(new Told(List.of(), Map.of()), List.of());

        /** As JSON. They are not made a second time for everybody who has not. */
        String outcomes(int place) {
            Plan plan = told.plans().get(place);
            return plan.allMessages().map(NewMessage::id).allMatch(told.stored()::containsKey)
                    ? notifications.get(place).outcomes()
                    : told.outcomes(plan).encode();
        }
    }

    /** Those that were not stored: their keys were used before. */
    private static List<PostedEvent> taken(Done done) {
        return done.told().plans().stream()
                .map(Plan::event)
                .filter(event -> !done.told().stored().containsKey(event.id()))
                .toList();
    }

    private Future<Map<UUID, Notified>> answers(Done done, List<PostedEvent> taken) {
        return answers(pool, done, taken);
    }

    private static Future<Map<UUID, Notified>> answers(SqlClient client, Done done, List<PostedEvent> taken) {
        return NotificationStore.first(client, taken).map(first -> {
            Map<UUID, Notified> answers = stored(done);
            taken.forEach(event -> answers.put(event.id(), replayed(event, first.get(keyId(event)))));
            return answers;
        });
    }

    /** What is stored stays stored, and whoever asked for it has to hear so. */
    private static Future<Map<UUID, Notified>> unknown(Done done, Throwable failure) {
        Map<UUID, Notified> answers = stored(done);
        taken(done).forEach(event -> answers.put(event.id(), new Notified.KeyUnknown(failure)));
        return Future.succeededFuture(answers);
    }

    private static Map<UUID, Notified> stored(Done done) {
        List<Plan> plans = done.told().plans();
        Map<UUID, Notified> stored = HashMap.newHashMap(plans.size());
        for (int i = 0; i < plans.size(); i++) {
            PostedEvent event = plans.get(i).event();
            OffsetDateTime at = done.told().stored().get(event.id());
            if (at != null) {
                stored.put(event.id(), new Notified.Stored(NotificationView.written(event, done.outcomes(i), at)));
            }
        }
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
