package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.FactsStore;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.notifications.telling.Plan;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Commits a group of requests: what is known of their users is read, every channel decided and rendered, and then in one
 * transaction all keys, messages, promises and notifications are stored.
 */
public final class CommitEvents {
    private final FactsStore facts;
    private final PlanEvents planEvents;
    private final PlanStore store;

    public CommitEvents(Pool pool, PlanEvents planEvents, Topics topics, ErasedPersons erased) {
        this.facts = new FactsStore(pool);
        this.planEvents = planEvents;
        this.store = new PlanStore(pool, topics, erased);
    }

    /** For each request the answers of its events, in their order. Everything is stored, or the Future fails and nothing is. */
    public Future<List<List<Notified>>> commit(List<PostedEvents> requests) {
        Map<UserKey, Set<NotificationChannel>> users = new HashMap<>();
        requests.forEach(request -> request.events()
                .forEach(event -> users.computeIfAbsent(user(event), user -> EnumSet.noneOf(NotificationChannel.class))
                        .addAll(event.type().channels())));
        return facts.read(users)
                .compose(known -> store.store(opening(requests, known), plans(requests, known)))
                .map(answers -> requests.stream()
                        .map(request -> answer(request, answers))
                        .toList());
    }

    /** A batch of which nothing can be stored leaves its key free. */
    private static List<PostedEvents> opening(List<PostedEvents> requests, Map<UserKey, UserFacts> known) {
        return requests.stream()
                .filter(request -> request.batchKey() != null
                        && request.events().stream().anyMatch(event -> known.containsKey(user(event))))
                .toList();
    }

    /** Of those whose user is known. */
    private List<Plan> plans(List<PostedEvents> requests, Map<UserKey, UserFacts> known) {
        List<Plan> plans = new ArrayList<>(requests.size());
        for (PostedEvents request : requests) {
            for (PostedEvent event : request.events()) {
                UserFacts itsUser = known.get(user(event));
                if (itsUser != null) {
                    plans.add(planEvents.of(event, itsUser));
                }
            }
        }
        return plans;
    }

    private static List<Notified> answer(PostedEvents request, Map<UUID, Notified> answers) {
        return request.events().stream()
                .map(event -> answers.getOrDefault(event.id(), new Notified.UnknownUser()))
                .toList();
    }

    private static UserKey user(PostedEvent event) {
        return UserKey.of(event);
    }
}
