package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.posting.Decision.Reason;
import io.heliograph.gateway.notifications.posting.FactsStore.UserKey;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Commits a group of events: what is known of their users is read, every channel decided and rendered, and then in one
 * transaction all keys, messages, promises and notifications are stored.
 */
public final class CommitEvents {
    private final FactsStore facts;
    private final Decide decide;
    private final Tell tell;
    private final PlanStore store;

    public CommitEvents(Pool pool, Decide decide, Tell tell, Topics topics, ErasedPersons erased) {
        this.facts = new FactsStore(pool);
        this.decide = decide;
        this.tell = tell;
        this.store = new PlanStore(pool, topics, erased);
    }

    /** One answer for each event, in their order. Everything is stored, or the Future fails and nothing is. */
    public Future<List<Notified>> commit(List<PostedEvent> events) {
        Set<UserKey> users = events.stream().map(CommitEvents::user).collect(Collectors.toSet());
        return facts.read(users)
                .map(known -> plans(events, known))
                .compose(store::store)
                .map(answers -> events.stream()
                        .map(event -> answers.getOrDefault(event.id(), new Notified.UnknownUser()))
                        .toList());
    }

    /** Of those whose user is known. */
    private List<Plan> plans(List<PostedEvent> events, Map<UserKey, UserFacts> known) {
        List<Plan> plans = new ArrayList<>(events.size());
        for (PostedEvent event : events) {
            UserFacts itsUser = known.get(user(event));
            if (itsUser != null) {
                plans.add(plan(event, itsUser));
            }
        }
        return plans;
    }

    private Plan plan(PostedEvent event, UserFacts user) {
        Map<NotificationChannel, NewMessage> messages = new EnumMap<>(NotificationChannel.class);
        Map<NotificationChannel, Reason> skipped = new EnumMap<>(NotificationChannel.class);
        for (NotificationChannel channel : event.type().channels()) {
            switch (decide.about(event, channel, user)) {
                case Decision.Skip(Reason reason) -> skipped.put(channel, reason);
                case Decision.Tell decision -> {
                    Tell.Told told = tell.of(event, channel, decision);
                    if (told.message() != null) {
                        messages.put(channel, told.message());
                    } else if (told.reason() != null) {
                        skipped.put(channel, told.reason());
                    }
                }
            }
        }
        return new Plan(event, messages, skipped);
    }

    private static UserKey user(PostedEvent event) {
        return new UserKey(event.accountId(), event.userId());
    }
}
