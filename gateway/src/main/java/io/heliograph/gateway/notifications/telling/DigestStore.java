package io.heliograph.gateway.notifications.telling;

import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Events that are held to be told as one. All in whatever transaction the client is in. */
public final class DigestStore {
    /** One that is full goes at once. */
    static final int ITEMS_MAX = 50;

    /** What is gathered together. */
    record DigestKey(long accountId, String userId, String type) {
        static DigestKey of(PostedEvent event) {
            return new DigestKey(event.accountId(), event.userId(), event.type().name());
        }
    }

    /** One event of a digest; {@code outcomes} is what its notification says so far. */
    record Item(UUID notificationId, JsonObject happened, JsonObject outcomes) {}

    // In the order of the keys, so that two gateways wait for each other in one direction; and for whoever takes the
    // digest now, after whom there is none, and a new one begins. The first event of a digest says when it goes.
    private static final String HOLD = """
        WITH held AS (
          INSERT INTO digest AS d (account_id, user_id, type, due_at, items)
          SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::int[]) AS k (account_id, user_id, type, due_at, items)
          ORDER BY account_id, user_id, type
          ON CONFLICT (account_id, user_id, type) DO UPDATE
          SET items = d.items + excluded.items,
              due_at = CASE WHEN d.items + excluded.items >= $6 THEN $7 ELSE d.due_at END
        )
        INSERT INTO digest_item (account_id, user_id, type, notification_id, data)
        SELECT account_id, user_id, type, id, data::jsonb
        FROM unnest($8::bigint[], $9::text[], $10::text[], $11::uuid[], $12::text[]) AS i (account_id, user_id, type, id, data)""";

    private static final String CLAIM = """
        SELECT account_id, user_id, type FROM digest WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED""";

    // The first of each, in the order in which they happened.
    private static final String ITEMS = """
        SELECT k.account_id, k.user_id, k.type, i.notification_id, i.data, n.outcomes
        FROM unnest($1::bigint[], $2::text[], $3::text[]) AS k (account_id, user_id, type),
        LATERAL (SELECT notification_id, data FROM digest_item d
                 WHERE d.account_id = k.account_id AND d.user_id = k.user_id AND d.type = k.type
                 ORDER BY notification_id LIMIT $4) i
        LEFT JOIN notification n ON n.id = i.notification_id
        ORDER BY i.notification_id""";

    private static final String SETTLE = """
        UPDATE notification n SET outcomes = n.outcomes || s.outcomes::jsonb
        FROM unnest($1::uuid[], $2::text[]) AS s (id, outcomes) WHERE n.id = s.id""";

    private static final String POSTPONE = """
        UPDATE digest d SET due_at = $4 FROM unnest($1::bigint[], $2::text[], $3::text[]) AS k (account_id, user_id, type)
        WHERE d.account_id = k.account_id AND d.user_id = k.user_id AND d.type = k.type""";

    private static final String DROP_ITEMS = """
        DELETE FROM digest_item d
        USING unnest($1::bigint[], $2::text[], $3::text[], $4::uuid[]) AS k (account_id, user_id, type, id)
        WHERE d.account_id = k.account_id AND d.user_id = k.user_id AND d.type = k.type AND d.notification_id = k.id""";

    private static final String DROP = """
        DELETE FROM digest d USING unnest($1::bigint[], $2::text[], $3::text[]) AS k (account_id, user_id, type)
        WHERE d.account_id = k.account_id AND d.user_id = k.user_id AND d.type = k.type
          AND NOT EXISTS (SELECT FROM digest_item i
                          WHERE i.account_id = d.account_id AND i.user_id = d.user_id AND i.type = d.type)""";

    // What was more than a digest holds stays, and goes in the next one, at once.
    private static final String RECOUNT = """
        UPDATE digest d SET items = (SELECT count(*) FROM digest_item i
                                     WHERE i.account_id = d.account_id AND i.user_id = d.user_id AND i.type = d.type)
        FROM unnest($1::bigint[], $2::text[], $3::text[]) AS k (account_id, user_id, type)
        WHERE d.account_id = k.account_id AND d.user_id = k.user_id AND d.type = k.type""";

    private DigestStore() {}

    /** Before any count is taken; each plan says for how long its event is held. */
    public static Future<Void> hold(SqlClient client, List<Plan> held, OffsetDateTime now) {
        if (held.isEmpty()) {
            return Future.succeededFuture();
        }
        Map<DigestKey, OffsetDateTime> due = new HashMap<>();
        Map<DigestKey, Integer> counts = new HashMap<>();
        for (Plan plan : held) {
            DigestKey key = DigestKey.of(plan.event());
            Duration window = Objects.requireNonNull(plan.held());
            OffsetDateTime _ = due.putIfAbsent(key, plan.event().now().plus(window));
            if (counts.merge(key, 1, Integer::sum) >= ITEMS_MAX) {
                OffsetDateTime _ = due.put(key, now);
            }
        }
        List<DigestKey> keys = List.copyOf(due.keySet());
        List<PostedEvent> events = held.stream().map(Plan::event).toList();
        Tuple parameters = keys(keys)
                .addArrayOfOffsetDateTime(column(keys, OffsetDateTime[]::new, due::get))
                .addArrayOfInteger(column(keys, Integer[]::new, counts::get))
                .addInteger(ITEMS_MAX)
                .addOffsetDateTime(now)
                .addArrayOfLong(column(events, Long[]::new, PostedEvent::accountId))
                .addArrayOfString(column(events, String[]::new, PostedEvent::userId))
                .addArrayOfString(
                        column(events, String[]::new, event -> event.type().name()))
                .addArrayOfUUID(column(events, UUID[]::new, PostedEvent::id))
                .addArrayOfString(
                        column(events, String[]::new, event -> event.data().encode()));
        return client.preparedQuery(HOLD).execute(parameters).mapEmpty();
    }

    /** Takes digests that are due and that nobody else takes, for this transaction, with their events. */
    static Future<Map<DigestKey, List<Item>>> take(SqlClient client, OffsetDateTime now, int max) {
        return client.preparedQuery(CLAIM).execute(Tuple.of(now, max)).compose(rows -> {
            Map<DigestKey, List<Item>> digests = HashMap.newHashMap(rows.size());
            rows.forEach(row -> digests.put(
                    new DigestKey(row.getLong("account_id"), row.getString("user_id"), row.getString("type")),
                    new ArrayList<>()));
            return digests.isEmpty() ? Future.succeededFuture(digests) : items(client, digests);
        });
    }

    private static Future<Map<DigestKey, List<Item>>> items(SqlClient client, Map<DigestKey, List<Item>> digests) {
        Tuple parameters = keys(List.copyOf(digests.keySet())).addInteger(ITEMS_MAX);
        return client.preparedQuery(ITEMS).execute(parameters).map(rows -> {
            rows.forEach(row -> Objects.requireNonNull(digests.get(
                            new DigestKey(row.getLong("account_id"), row.getString("user_id"), row.getString("type"))))
                    .add(new Item(
                            row.getUUID("notification_id"),
                            row.getJsonObject("data"),
                            row.getJsonObject("outcomes") == null ? new JsonObject() : row.getJsonObject("outcomes"))));
            return digests;
        });
    }

    static Future<Void> postpone(SqlClient client, Set<DigestKey> digests, OffsetDateTime until) {
        return digests.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(POSTPONE)
                        .execute(keys(List.copyOf(digests)).addOffsetDateTime(until))
                        .mapEmpty();
    }

    /** Says of each notification what became of it, and holds its event no longer. */
    static Future<Void> release(
            SqlClient client, Map<DigestKey, List<Item>> digests, Map<UUID, JsonObject> outcomesByNotification) {
        List<UUID> ids = List.copyOf(outcomesByNotification.keySet());
        Tuple settled = Tuple.tuple()
                .addArrayOfUUID(ids.toArray(UUID[]::new))
                .addArrayOfString(column(
                        ids,
                        String[]::new,
                        id -> Objects.requireNonNull(outcomesByNotification.get(id))
                                .encode()));
        List<DigestKey> keys = List.copyOf(digests.keySet());
        return client.preparedQuery(SETTLE)
                .execute(settled)
                .compose(done -> client.preparedQuery(DROP_ITEMS).execute(items(digests)))
                .compose(done -> client.preparedQuery(DROP).execute(keys(keys)))
                .compose(done -> client.preparedQuery(RECOUNT).execute(keys(keys)))
                .mapEmpty();
    }

    private static Tuple items(Map<DigestKey, List<Item>> digests) {
        List<DigestKey> keys = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        digests.forEach((key, items) -> items.forEach(item -> {
            keys.add(key);
            ids.add(item.notificationId());
        }));
        return keys(keys).addArrayOfUUID(ids.toArray(UUID[]::new));
    }

    private static Tuple keys(List<DigestKey> keys) {
        return Tuple.tuple()
                .addArrayOfLong(column(keys, Long[]::new, DigestKey::accountId))
                .addArrayOfString(column(keys, String[]::new, DigestKey::userId))
                .addArrayOfString(column(keys, String[]::new, DigestKey::type));
    }

    private static <I, T> T[] column(List<I> items, IntFunction<T[]> array, Function<I, @Nullable T> value) {
        return items.stream().map(value).toArray(array);
    }
}
