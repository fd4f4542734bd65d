package io.heliograph.gateway.notifications.verifications.issuing;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.ToIntFunction;

/** Counts what is sent, in whatever transaction the client is in: whoever has counted first is asked first. */
final class CountStore {
    /** As of the transaction's time, without what it has counted itself. */
    record Counted(OffsetDateTime now, Map<Count, Count.Used> before) {}

    // Counted before it is known what is sent, so that a code is counted by one statement; and what is not sent after
    // all is given back. Sorted, so that two gateways wait for each other in one direction.
    private static final String COUNT = """
        INSERT INTO verification_count AS c (account_id, kind, key, used, ends_at, day_used, day_ends_at)
        SELECT account_id, kind, key, n, now() + window_ms * interval '1 millisecond', n, now() + interval '1 day'
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::int[], $5::bigint[]) AS a (account_id, kind, key, n, window_ms)
        ORDER BY account_id, kind, key
        ON CONFLICT (account_id, kind, key) DO UPDATE
        SET used = CASE WHEN c.ends_at > now() THEN c.used + excluded.used ELSE excluded.used END,
            ends_at = CASE WHEN c.ends_at > now() THEN c.ends_at ELSE excluded.ends_at END,
            day_used = CASE WHEN c.day_ends_at > now() THEN c.day_used + excluded.day_used ELSE excluded.day_used END,
            day_ends_at = CASE WHEN c.day_ends_at > now() THEN c.day_ends_at ELSE excluded.day_ends_at END
        RETURNING account_id, kind, key, used, ends_at, day_used, day_ends_at, now() AS now""";

    private static final String GIVE_BACK = """
        UPDATE verification_count c SET used = c.used - a.n, day_used = c.day_used - a.n
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::int[]) AS a (account_id, kind, key, n)
        WHERE c.account_id = ANY ($1) AND c.kind = ANY ($2) AND c.key = ANY ($3)
          AND c.account_id = a.account_id AND c.kind = a.kind AND c.key = a.key""";

    private CountStore() {}

    /** {@code asked} is how many codes may be sent, and is not empty. Locks what it counts until the transaction ends. */
    static Future<Counted> count(SqlClient client, Map<Count, Integer> asked) {
        List<Entry<Count, Integer>> entries = List.copyOf(asked.entrySet());
        Tuple parameters = parameters(entries)
                .addArrayOfLong(entries.stream()
                        .map(entry -> entry.getKey().kind().window().toMillis())
                        .toArray(Long[]::new));
        return client.preparedQuery(COUNT).execute(parameters).map(rows -> {
            Map<Count, Count.Used> before = HashMap.newHashMap(rows.size());
            OffsetDateTime now = OffsetDateTime.MIN;
            for (Row row : rows) {
                now = row.getOffsetDateTime("now");
                Count count = count(row);
                before.put(count, before(row, asked.getOrDefault(count, 0)));
            }
            return new Counted(now, before);
        });
    }

    static Future<Void> giveBack(SqlClient client, Map<Count, Integer> notSent) {
        return notSent.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(GIVE_BACK)
                        .execute(parameters(List.copyOf(notSent.entrySet())))
                        .mapEmpty();
    }

    /** How many codes of these each of their counts is asked for. */
    static Map<Count, Integer> numbers(List<Issue> issues) {
        Map<Count, Integer> numbers = new HashMap<>();
        issues.forEach(issue -> issue.counts().forEach(count -> numbers.merge(count, 1, Integer::sum)));
        return numbers;
    }

    private static Tuple parameters(List<Entry<Count, Integer>> entries) {
        List<Count> counts = entries.stream().map(Entry::getKey).toList();
        return Tuple.tuple()
                .addArrayOfLong(counts.stream().map(Count::accountId).toArray(Long[]::new))
                .addArrayOfString(
                        counts.stream().map(count -> count.kind().word()).toArray(String[]::new))
                .addArrayOfString(counts.stream().map(Count::key).toArray(String[]::new))
                .addArrayOfInteger(entries.stream().map(Entry::getValue).toArray(Integer[]::new));
    }

    private static Count count(Row row) {
        return new Count(
                row.getLong("account_id"),
                Count.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("key"));
    }

    private static Count.Used before(Row row, int counted) {
        ToIntFunction<String> column = name -> row.getInteger(name) - counted;
        return new Count.Used(
                column.applyAsInt("used"),
                row.getOffsetDateTime("ends_at"),
                column.applyAsInt("day_used"),
                row.getOffsetDateTime("day_ends_at"));
    }
}
