package io.heliograph.gateway.events;

import io.heliograph.events.EventPosition;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads an account's events in order, with what their messages still tell of themselves. */
public final class EventStore {
    /**
     * What to read. Ids bound the time: {@code from} is inside, {@code until} outside.
     *
     * @param after zero for everything that is kept
     */
    public record Wanted(
            long accountId,
            EventPosition after,
            EventFilter filter,
            @Nullable UUID messageId,
            UUID from,
            UUID until,
            int limit) {}

    /** Of a filter that matches little. Each costs a look at its message. */
    private static final int LOOK_MAX = 2_000;

    // Where the time that is asked for begins in the order of (xid, sequence), and ends: what is from $4 on was stored
    // by transactions that began after any which stored what is older than $11, a transaction's time before; likewise
    // $5 and $12. Else a page would look at all that the account has of those days. An event that tries an endpoint
    // has its id by another clock.
    private static final String PAGE = """
        WITH bounds AS MATERIALIZED (
          SELECT event_horizon() AS horizon,
                 coalesce((SELECT since FROM event_listening WHERE account_id = $1 AND until > now()),
                          event_horizon()) AS since,
                 xid AS forgotten_xid, sequence AS forgotten_sequence,
                 coalesce((SELECT xid FROM event WHERE id < $11 AND type <> 'webhook_endpoint.test'
                           ORDER BY id DESC LIMIT 1), '0') AS first_xid,
                 coalesce((SELECT xid FROM event WHERE id >= $12 AND type <> 'webhook_endpoint.test'
                           ORDER BY id LIMIT 1), event_horizon()) AS end_xid
          FROM event_forgotten
        ), look AS MATERIALIZED (
          SELECT * FROM event
          WHERE account_id = $1
            AND (xid, sequence) > ((SELECT greatest($2::text::xid8, first_xid) FROM bounds),
                                   (SELECT CASE WHEN $2::text::xid8 >= first_xid THEN $3::bigint ELSE 0 END FROM bounds))
            AND xid < (SELECT least(horizon, end_xid) FROM bounds)
            -- Not by the index of ids, whose range a plan for any parameters takes for small.
            AND (id >= $4 AND id < $5) IS TRUE
          ORDER BY xid, sequence
          LIMIT $6
        ), looked AS (
          SELECT (SELECT count(*) FROM look) AS number, xid, sequence FROM look ORDER BY xid DESC, sequence DESC LIMIT 1
        ), found AS (
          SELECT l.*, m.channel, m.recipient, m.sender, m.reference, m.metadata, m.created_at, m.send_at
          FROM look l
          -- One by one: the offset keeps the planner from reading all messages instead.
          LEFT JOIN LATERAL (SELECT * FROM message WHERE id = l.message_id OFFSET 0) m ON true
          WHERE ($7::text[] IS NULL OR l.type = ANY ($7))
            AND ($8::text[] IS NULL OR coalesce(m.channel, l.data ->> 'channel', $8[1]) = ANY ($8))
            AND ($9::uuid IS NULL OR l.message_id = $9)
          ORDER BY l.xid, l.sequence
          LIMIT $10
        )
        SELECT f.id AS event_id, f.xid::text, f.sequence, f.type, f.occurred_at, f.message_id, f.attempt, f.provider, f.reason, f.data,
               f.channel, f.recipient, f.sender, f.reference, f.metadata, f.created_at, f.send_at,
               b.horizon::text, coalesce(k.number, 0) AS looked, k.xid::text AS last_xid, k.sequence AS last_sequence,
               $2::text <> '0' AND (($2::text::xid8, $3::bigint) < (b.forgotten_xid, b.forgotten_sequence)
                                    OR $2::text::xid8 < b.since OR $2::text::xid8 > b.horizon) AS gap
        FROM bounds b LEFT JOIN looked k ON true LEFT JOIN found f ON true
        ORDER BY f.xid, f.sequence""";

    private final Pool pool;

    public EventStore(Pool pool) {
        this.pool = pool;
    }

    public Future<EventPage> page(Wanted wanted) {
        boolean all = wanted.filter().isAll() && wanted.messageId() == null;
        int lookMax = all ? wanted.limit() : Math.max(wanted.limit(), LOOK_MAX);
        EventPosition after = wanted.after();
        Tuple parameters = Tuple.of(wanted.accountId(), Long.toString(after.xid()), after.sequence())
                .addUUID(wanted.from())
                .addUUID(wanted.until())
                .addInteger(lookMax)
                .addArrayOfString(array(wanted.filter().types()))
                .addArrayOfString(array(wanted.filter().channels()))
                .addUUID(wanted.messageId())
                .addInteger(wanted.limit())
                .addUUID(Ids.floor(wanted.from(), EventPosition.TRANSACTION_MAX.negated()))
                .addUUID(Ids.floor(wanted.until(), EventPosition.TRANSACTION_MAX));
        return pool.preparedQuery(PAGE).execute(parameters).map(rows -> page(rows, wanted.limit(), lookMax));
    }

    private static EventPage page(RowSet<Row> rows, int limit, int lookMax) {
        Row first = rows.iterator().next();
        List<Row> found = StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getUUID("event_id") != null)
                .toList();
        boolean gap = first.getBoolean("gap");
        if (found.size() == limit) {
            return new EventPage(found, EventView.position(found.getLast()), false, gap);
        }
        if (first.getLong("looked") == lookMax) {
            EventPosition last =
                    new EventPosition(Long.parseLong(first.getString("last_xid")), first.getLong("last_sequence"));
            return new EventPage(found, last, false, gap);
        }
        return new EventPage(found, EventPosition.before(Long.parseLong(first.getString("horizon"))), true, gap);
    }

    private static String @Nullable [] array(@Nullable Set<String> words) {
        return words == null ? null : words.toArray(String[]::new);
    }
}
