package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reads what is new, of all accounts in their common order. */
final class TailStore {
    private static final String HORIZON = """
        SELECT event_horizon()::text AS horizon""";

    /** A database that counts from an earlier number is in another era, whether it can tell by itself or not. */
    private static final String BEGIN_ERA = """
        SELECT CASE WHEN keep_event_era() THEN true ELSE begin_event_era() IS NOT NULL END AS begun""";

    /** The first row tells how far it looked; what was found follows, if anything was. */
    private static final String READ = """
        WITH look AS MATERIALIZED (
          SELECT * FROM event
          WHERE (xid, sequence) > ($1::text::xid8, $2::bigint) AND xid < event_horizon()
          ORDER BY xid, sequence
          LIMIT $3
        ), looked AS (
          SELECT (SELECT count(*) FROM look) = $3 AS more, xid, sequence FROM look ORDER BY xid DESC, sequence DESC LIMIT 1
        )
        SELECT l.id AS event_id, l.account_id, l.xid::text, l.sequence, l.type, l.occurred_at, l.message_id, l.attempt, l.provider,
               l.reason, l.data, m.channel, m.recipient, m.sender, m.reference, m.metadata, m.created_at, m.send_at,
               CASE WHEN k.more THEN k.xid::text ELSE event_horizon()::text END AS to_xid,
               CASE WHEN k.more THEN k.sequence ELSE 0 END AS to_sequence
        FROM (SELECT) AS always
        LEFT JOIN looked k ON true
        LEFT JOIN look l ON l.account_id = ANY ($4::bigint[])
        -- One by one: the offset keeps the planner from reading all messages instead.
        LEFT JOIN LATERAL (SELECT * FROM message WHERE id = l.message_id OFFSET 0) m ON true
        ORDER BY l.xid, l.sequence""";

    /** @param to everything up to here was looked at */
    record Read(List<Row> rows, EventPosition to) {}

    private final Pool pool;

    TailStore(Pool pool) {
        this.pool = pool;
    }

    /** After everything that there is now. */
    Future<EventPosition> now() {
        return pool.preparedQuery(HORIZON)
                .execute()
                .map(rows -> EventPosition.before(
                        Long.parseLong(rows.iterator().next().getString("horizon"))));
    }

    /** Puts what is to come behind all that readers have seen. */
    Future<Void> beginEra() {
        return pool.preparedQuery(BEGIN_ERA).execute().mapEmpty();
    }

    Future<Read> read(EventPosition after, Set<Long> accounts, int eventsMax) {
        Tuple parameters = Tuple.of(Long.toString(after.xid()), after.sequence(), eventsMax)
                .addArrayOfLong(accounts.toArray(Long[]::new));
        return pool.preparedQuery(READ).execute(parameters).map(rows -> {
            Row first = rows.iterator().next();
            List<Row> found = StreamSupport.stream(rows.spliterator(), false)
                    .filter(row -> row.getUUID("event_id") != null)
                    .toList();
            return new Read(
                    found, new EventPosition(Long.parseLong(first.getString("to_xid")), first.getLong("to_sequence")));
        });
    }
}
