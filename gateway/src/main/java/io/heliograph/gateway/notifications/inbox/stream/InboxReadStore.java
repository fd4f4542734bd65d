package io.heliograph.gateway.notifications.inbox.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.notifications.inbox.InboxOwner;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what has changed in inboxes since a position: an item that changed twice is there once, as it is now. */
final class InboxReadStore {
    static final int CHANGES_AT_ONCE_MAX = 100;

    // Whose inboxes have changed, up to the oldest transaction that still runs. Without a position: up to where
    // everything is.
    private static final String CHANGED = """
        WITH look AS MATERIALIZED (
          SELECT xid, sequence, account_id, user_id FROM inbox_item
          WHERE (xid, sequence) > ($1::text::xid8, $2::bigint) AND xid < event_horizon()
          ORDER BY xid, sequence
          LIMIT $3
        ), looked AS (
          SELECT (SELECT count(*) FROM look) = $3 AS more, xid, sequence FROM look ORDER BY xid DESC, sequence DESC LIMIT 1
        )
        SELECT DISTINCT l.account_id, l.user_id,
               CASE WHEN k.more THEN k.xid ELSE event_horizon() END::text AS to_xid, CASE WHEN k.more THEN k.sequence ELSE 0 END AS to_sequence
        FROM (SELECT) AS always LEFT JOIN looked k ON true LEFT JOIN look l ON true""";

    private static final String HORIZON = "SELECT event_horizon()::text AS to_xid, 0::bigint AS to_sequence";

    // For many streams at once. A user's items are few: they are found by the user and then held against the position;
    // the offset keeps the
    // planner from doing it the other way round.
    private static final String READ = """
        WITH asked AS MATERIALIZED (
          SELECT a.*, event_horizon() AS horizon,
                 EXISTS (SELECT FROM inbox_token t WHERE t.token_hash = a.hash AND t.expires_at > now()) AS admitted,
                 a.xid > event_horizon() OR a.xid < (SELECT moved_by FROM event_era)::text::xid8 AS lost
          FROM unnest($1::int[], $2::bigint[], $3::text[], $4::bytea[], $5::text[], $6::bigint[], $7::boolean[])
            AS given (place, account_id, user_id, hash, xid_text, sequence, live)
          CROSS JOIN LATERAL (SELECT given.*, given.xid_text::xid8 AS xid) a
        ), seen AS MATERIALIZED (
          SELECT asked.*, EXISTS (
                   SELECT FROM (SELECT * FROM inbox_item i WHERE i.account_id = asked.account_id AND i.user_id = asked.user_id OFFSET 0) i
                   WHERE (i.xid, i.sequence) > (asked.xid, asked.sequence) AND i.xid < asked.horizon) AS changed
          FROM asked
        ), counted AS MATERIALIZED (
          SELECT seen.*, CASE WHEN changed OR lost OR NOT live THEN (
                   SELECT count(*)::int FROM (
                     SELECT FROM inbox_item i
                     WHERE i.account_id = seen.account_id AND i.user_id = seen.user_id AND read_at IS NULL AND archived_at IS NULL
                       AND deleted_at IS NULL AND expires_at > now()
                     LIMIT 500) u) END AS unread
          FROM seen
        )
        SELECT c.place, c.horizon::text AS horizon, c.admitted, coalesce(c.lost, false) AS lost, c.unread, i.xid::text AS item_xid, i.*
        FROM counted c
        LEFT JOIN LATERAL (
          SELECT * FROM (SELECT * FROM inbox_item i WHERE i.account_id = c.account_id AND i.user_id = c.user_id OFFSET 0) i
          WHERE c.changed AND c.admitted AND NOT c.lost AND (i.xid, i.sequence) > (c.xid, c.sequence) AND i.xid < c.horizon
            AND i.expires_at > now()
          ORDER BY i.xid, i.sequence
          LIMIT %d) i ON true
        ORDER BY c.place, i.xid, i.sequence""".formatted(CHANGES_AT_ONCE_MAX);

    /** @param to everything up to here was looked at */
    record Changed(Set<InboxOwner> owners, EventPosition to) {}

    /**
     * What one stream reads.
     *
     * @param isAdmitted whether its token is good
     * @param isLost whether its position is of another state of the database
     * @param unread how many were not read; null where nothing has changed
     * @param horizon up to here everything was read, unless there are as many rows as are read at once
     */
    record Read(
            boolean isAdmitted, boolean isLost, @Nullable Integer unread, EventPosition horizon, List<Row> rows) {}

    private final Pool pool;

    InboxReadStore(Pool pool) {
        this.pool = pool;
    }

    /** Since {@code after}; where that is null, nobody's. */
    Future<Changed> changed(@Nullable EventPosition after, int changesMax) {
        return (after == null
                        ? pool.preparedQuery(HORIZON).execute()
                        : pool.preparedQuery(CHANGED)
                                .execute(Tuple.of(Long.toString(after.xid()), after.sequence(), changesMax)))
                .map(rows -> {
                    Row first = rows.iterator().next();
                    Set<InboxOwner> owners = new HashSet<>();
                    if (after != null) {
                        StreamSupport.stream(rows.spliterator(), false)
                                .filter(row -> row.getString("user_id") != null)
                                .forEach(row -> owners.add(
                                        new InboxOwner(row.getLong("account_id"), row.getString("user_id"))));
                    }
                    return new Changed(
                            owners,
                            new EventPosition(Long.parseLong(first.getString("to_xid")), first.getLong("to_sequence")));
                });
    }

    /** One answer for each, in their order. */
    Future<List<Read>> read(List<InboxStream> streams) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfInteger(IntStream.range(0, streams.size()).boxed().toArray(Integer[]::new))
                .addArrayOfLong(streams.stream()
                        .map(stream -> stream.owner().accountId())
                        .toArray(Long[]::new))
                .addArrayOfString(
                        streams.stream().map(stream -> stream.owner().userId()).toArray(String[]::new))
                .addArrayOfBuffer(streams.stream().map(InboxStream::tokenHash).toArray(Buffer[]::new))
                .addArrayOfString(streams.stream()
                        .map(InboxStream::position)
                        .map(position -> position == null ? null : Long.toString(position.xid()))
                        .toArray(String[]::new))
                .addArrayOfLong(streams.stream()
                        .map(InboxStream::position)
                        .map(position -> position == null ? null : position.sequence())
                        .toArray(Long[]::new))
                .addArrayOfBoolean(streams.stream().map(InboxStream::isLive).toArray(Boolean[]::new));
        return pool.preparedQuery(READ).execute(parameters).map(rows -> reads(rows, streams.size()));
    }

    private static List<Read> reads(Iterable<Row> rows, int count) {
        List<Read> reads = new ArrayList<>(count);
        for (Row row : rows) {
            if (reads.size() == row.getInteger("place")) {
                reads.add(new Read(
                        row.getBoolean("admitted"),
                        row.getBoolean("lost"),
                        row.getInteger("unread"),
                        EventPosition.before(Long.parseLong(row.getString("horizon"))),
                        new ArrayList<>()));
            }
            if (row.getUUID("id") != null) {
                boolean _ = reads.getLast().rows().add(row);
            }
        }
        return reads;
    }
}
