package io.heliograph.worker.receipts;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;

/** Notes the messages whose receipt is overdue. */
public final class WalkStore {
    // $1, $2 providers and the seconds after which each is asked; $3 the least of those; $4 the age after which nobody
    // is;
    // $5 messages in one step; $6 notes at the most: beyond them the walk waits, as asking does not keep up anyway.
    // A message that is not settled yet (it has a time, or waits for its turn) is noted without a provider.
    private static final String WALK = """
        WITH asked AS (
          SELECT * FROM unnest($1::text[], $2::float8[]) AS p(provider, seconds)
        ), here AS (
          SELECT greatest(position, uuid_v7_floor(now() - $4::float8 * interval '1 second')) AS position
          FROM receipt_walk
          WHERE (SELECT count(*) FROM (SELECT FROM receipt_due WHERE provider IS NOT NULL LIMIT $6) AS noted) < $6
          FOR UPDATE SKIP LOCKED
        ), seen AS MATERIALIZED (
          SELECT m.id, m.status, m.provider, m.sent_at, m.send_at
          FROM here CROSS JOIN LATERAL (
            SELECT id, status, provider, sent_at, send_at
            FROM message
            WHERE id > here.position AND id < uuid_v7_floor(now() - $3::float8 * interval '1 second')
            ORDER BY id LIMIT $5) AS m
        ), noted AS (
          INSERT INTO receipt_due (message_id, provider, due_at)
          SELECT s.id, CASE WHEN s.status = 'sent' THEN s.provider END,
                 CASE WHEN s.status = 'sent' THEN coalesce(s.sent_at, now()) + asked.seconds * interval '1 second'
                      ELSE greatest(s.send_at, now()) + $3::float8 * interval '1 second' END
          FROM seen AS s LEFT JOIN asked USING (provider)
          WHERE (s.status = 'sent' AND asked.provider IS NOT NULL) OR NOT message_is_settled(s.status)
          ORDER BY s.id
          ON CONFLICT DO NOTHING
        ), moved AS (
          UPDATE receipt_walk SET position = (SELECT id FROM seen ORDER BY id DESC LIMIT 1)
          WHERE EXISTS (SELECT FROM seen)
        )
        SELECT count(*)::int AS steps FROM seen""";

    // The parameters as above. What is sent by now gets its provider, what will have no receipt goes, the rest waits
    // on.
    private static final String SETTLE = """
        WITH asked AS (
          SELECT * FROM unnest($1::text[], $2::float8[]) AS p(provider, seconds)
        ), due AS (
          SELECT message_id FROM receipt_due
          WHERE provider IS NULL AND due_at <= now()
          ORDER BY due_at LIMIT $4
          FOR UPDATE SKIP LOCKED
        ), seen AS MATERIALIZED (
          SELECT due.message_id, m.status = 'sent' AS is_sent, m.provider, m.sent_at, m.send_at, asked.seconds,
                 coalesce(NOT message_is_settled(m.status) OR (m.status = 'sent' AND asked.seconds IS NOT NULL), false) AS waits
          FROM due
          LEFT JOIN LATERAL (
            SELECT status, provider, sent_at, send_at FROM message WHERE id = due.message_id LIMIT 1) AS m ON true
          LEFT JOIN asked ON asked.provider = m.provider
        ), gone AS (
          DELETE FROM receipt_due AS r USING seen WHERE r.message_id = seen.message_id AND NOT seen.waits
        ), moved AS (
          UPDATE receipt_due AS r
          SET provider = CASE WHEN seen.is_sent THEN seen.provider END,
              due_at = CASE WHEN seen.is_sent THEN coalesce(seen.sent_at, now()) + seen.seconds * interval '1 second'
                            ELSE greatest(seen.send_at, now()) + $3::float8 * interval '1 second' END
          FROM seen
          WHERE r.message_id = seen.message_id AND seen.waits
        )
        SELECT count(*)::int AS steps FROM seen""";

    private final Pool pool;

    public WalkStore(Pool pool) {
        this.pool = pool;
    }

    /** Goes over so many messages that are old enough, and answers how many there were; 0 while another one walks. */
    Future<Integer> walk(Map<String, Duration> after, Duration least, Duration ageMax, int stepsMax, int notesMax) {
        Tuple values = providers(after)
                .addDouble(seconds(least))
                .addDouble(seconds(ageMax))
                .addInteger(stepsMax)
                .addInteger(notesMax);
        return pool.preparedQuery(WALK).execute(values).map(WalkStore::steps);
    }

    /** Looks again at so many that were not settled. */
    Future<Integer> settle(Map<String, Duration> after, Duration least, int stepsMax) {
        return pool.preparedQuery(SETTLE)
                .execute(providers(after).addDouble(seconds(least)).addInteger(stepsMax))
                .map(WalkStore::steps);
    }

    private static Tuple providers(Map<String, Duration> after) {
        String[] names = after.keySet().toArray(String[]::new);
        Double[] seconds = after.values().stream().map(WalkStore::seconds).toArray(Double[]::new);
        return Tuple.tuple().addArrayOfString(names).addArrayOfDouble(seconds);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static int steps(RowSet<Row> rows) {
        return rows.iterator().next().getInteger("steps");
    }
}
