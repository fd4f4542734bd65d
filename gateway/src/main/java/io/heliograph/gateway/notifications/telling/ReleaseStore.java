package io.heliograph.gateway.notifications.telling;

import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.FactsStore;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.notifications.telling.DigestStore.DigestKey;
import io.heliograph.gateway.notifications.telling.DigestStore.Item;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what was held long enough: each digest becomes one message by each channel, and is gone, in one transaction. Any number of
 * gateways may do so at once; what one that died had taken is another's.
 */
public final class ReleaseStore {
    private static final int DIGESTS_MAX = 50;
    /** Long enough for those of other accounts to come first. */
    private static final Duration POSTPONED = Duration.ofSeconds(10);

    private final Pool pool;
    private final Catalog catalog;
    private final PlanEvents planEvents;
    private final Topics topics;
    private final ErasedPersons erased;
    private final Clock clock;

    public ReleaseStore(
            Pool pool, Catalog catalog, PlanEvents planEvents, Topics topics, ErasedPersons erased, Clock clock) {
        this.pool = pool;
        this.catalog = catalog;
        this.planEvents = planEvents;
        this.topics = topics;
        this.erased = erased;
        this.clock = clock;
    }

    /** Answers how many digests went. */
    public Future<Integer> runOnce() {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return pool.withTransaction(connection -> DigestStore.take(connection, now, DIGESTS_MAX)
                .compose(digests -> digests.isEmpty()
                        ? Future.succeededFuture(0)
                        : release(connection, digests, now).map(digests.size())));
    }

    /** Counts of caps that nobody asks for any more. */
    public Future<Integer> dropOldCounts() {
        return CapStore.dropOld(pool, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** Of an account whose types cannot be read now nothing is released: that would lose it. It waits, and the others do not. */
    private Future<Void> release(SqlConnection connection, Map<DigestKey, List<Item>> digests, OffsetDateTime now) {
        return readable(digests.keySet()).compose(accounts -> {
            Map<DigestKey, List<Item>> released = new HashMap<>(digests);
            released.keySet().removeIf(key -> !accounts.contains(key.accountId()));
            Set<DigestKey> waiting = new HashSet<>(digests.keySet());
            waiting.removeAll(released.keySet());
            return DigestStore.postpone(connection, waiting, now.plus(POSTPONED))
                    .compose(done ->
                            released.isEmpty() ? Future.succeededFuture() : releaseKnown(connection, released, now));
        });
    }

    private Future<Set<Long>> readable(Set<DigestKey> digests) {
        Map<Long, Future<Void>> ready = new HashMap<>();
        digests.forEach(key -> ready.computeIfAbsent(key.accountId(), account -> ready(account, digests)));
        return Future.join(List.copyOf(ready.values())).transform(joined -> {
            Set<Long> accounts = new HashSet<>(ready.keySet());
            accounts.removeIf(
                    account -> Objects.requireNonNull(ready.get(account)).failed());
            return Future.succeededFuture(accounts);
        });
    }

    /** A type may be younger than what this gateway knows of its account: it is unknown only when the database says so. */
    private Future<Void> ready(long account, Set<DigestKey> digests) {
        return catalog.ready(account)
                .compose(ready -> digests.stream()
                                .filter(key -> key.accountId() == account)
                                .allMatch(key -> catalog.type(account, key.type()) != null)
                        ? Future.succeededFuture()
                        : catalog.reread(account));
    }

    private Future<Void> releaseKnown(
            SqlConnection connection, Map<DigestKey, List<Item>> digests, OffsetDateTime now) {
        Map<UserKey, Set<NotificationChannel>> users = new HashMap<>();
        digests.forEach((key, items) -> users.computeIfAbsent(
                        new UserKey(key.accountId(), key.userId()), user -> EnumSet.noneOf(NotificationChannel.class))
                .addAll(channels(items)));
        return new FactsStore(connection)
                .read(users)
                .compose(known -> TellStore.tell(
                        connection,
                        plans(digests, known, now),
                        within -> AcceptStore.tell(connection, TellStore.messages(within), topics, erased)))
                .compose(told -> {
                    Map<DigestKey, JsonObject> outcomes = new HashMap<>();
                    told.plans().forEach(plan -> outcomes.put(DigestKey.of(plan.event()), told.outcomes(plan)));
                    return DigestStore.release(connection, digests, outcomes(digests, outcomes));
                });
    }

    private List<Plan> plans(Map<DigestKey, List<Item>> digests, Map<UserKey, UserFacts> known, OffsetDateTime now) {
        List<Plan> plans = new ArrayList<>();
        digests.forEach((key, items) -> {
            UserFacts user = known.get(new UserKey(key.accountId(), key.userId()));
            NotificationType type = catalog.type(key.accountId(), key.type());
            if (user != null && type != null && !items.isEmpty()) {
                plans.add(planEvents.ofHeld(event(key, type, items, now), user, channels(items)));
            }
        });
        return plans;
    }

    private static PostedEvent event(DigestKey key, NotificationType type, List<Item> items, OffsetDateTime now) {
        Item last = items.getLast();
        return new PostedEvent(last.notificationId(), key.accountId(), type, key.userId(), last.happened(), null, now)
                .withAll(items.stream().map(Item::happened).toList());
    }

    /** By which any of them was held. */
    private static Set<NotificationChannel> channels(List<Item> items) {
        Set<NotificationChannel> channels = EnumSet.noneOf(NotificationChannel.class);
        items.forEach(item -> held(item).forEach(word -> channels.add(NotificationChannel.of(word))));
        return channels;
    }

    private static List<String> held(Item item) {
        return item.outcomes().stream()
                .filter(outcome ->
                        outcome.getValue() instanceof JsonObject json && Outcome.HELD.equals(json.getString("status")))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whose user or type is gone is told of nothing. */
    private Map<UUID, JsonObject> outcomes(Map<DigestKey, List<Item>> digests, Map<DigestKey, JsonObject> byDigest) {
        Map<UUID, JsonObject> outcomes = new HashMap<>();
        digests.forEach((key, items) -> items.forEach(item -> {
            JsonObject its = new JsonObject();
            held(item).forEach(channel -> its.put(channel, outcome(key, byDigest.get(key), channel)));
            outcomes.put(item.notificationId(), its);
        }));
        return outcomes;
    }

    private JsonObject outcome(DigestKey key, @Nullable JsonObject outcomes, String channel) {
        JsonObject outcome = outcomes == null ? null : outcomes.getJsonObject(channel);
        if (outcome != null) {
            return outcome;
        }
        return Outcome.skipped(
                catalog.type(key.accountId(), key.type()) == null ? Reason.NO_TEMPLATE : Reason.UNKNOWN_USER);
    }
}
