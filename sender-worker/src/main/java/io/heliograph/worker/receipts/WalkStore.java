package io.heliograph.worker.receipts;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Notes the messages whose receipt is overdue. */
public final class WalkStore {
    /**
     * What a step came over.
     *
     * @param messages that it looked at
     * @param givenUp of those, how many nobody is asked for although their receipt is overdue, by provider
     */
    record Step(int messages, Map<String, Integer> givenUp) {}

    // $1, $2 providers and the seconds after which each is asked; $3 the least of those; $4 the age after which nobody
    // is; $5 messages in one step; $6 notes of one provider at the most: asking does not keep up with what comes on
    // top. A message that is not settled yet (it has a time, or waits for its turn) is noted without a provider.
    private static final String WALK = """
        WITH asked AS MATERIALIZED (
          SELECT p.provider, p.seconds,
                 $6 - (SELECT count(*) FROM (SELECT FROM receipt_due AS r WHERE r.provider = p.provider LIMIT $6) AS noted) AS room
          FROM unnest($1::text[], $2::float8[]) AS p(provider, seconds)
        ), here AS (
          SELECT position FROM receipt_walk FOR UPDATE SKIP LOCKED
        ), seen AS MATERIALIZED (
          SELECT m.id, m.status = 'sent' AS is_sent, m.status, m.provider, m.sent_at, m.send_at,
                 m.status = 'sent' AND coalesce(m.sent_at <= now() - $4::float8 * interval '1 second', false) AS is_too_old
          FROM here CROSS JOIN LATERAL (
            SELECT id, status, provider, sent_at, send_at
            FROM message
            WHERE id > here.position AND id < uuid_v7_floor(now() - $3::float8 * interval '1 second')
            ORDER BY id LIMIT $5) AS m
        ), overdue AS MATERIALIZED (
          SELECT s.id, CASE WHEN s.is_sent THEN s.provider END AS provider,
                 CASE WHEN s.is_sent THEN coalesce(s.sent_at, now()) + asked.seconds * interval '1 second'
                      ELSE greatest(s.send_at, now()) + $3::float8 * interval '1 second' END AS due_at,
                 s.is_sent AND (s.is_too_old OR row_number() OVER (PARTITION BY s.provider, s.is_sent, s.is_too_old ORDER BY s.id)
                                                > asked.room) AS is_given_up
          FROM seen AS s LEFT JOIN asked USING (provider)
          WHERE (s.is_sent AND asked.provider IS NOT NULL) OR NOT message_is_settled(s.status)
        ), noted AS (
          INSERT INTO receipt_due (message_id, provider, due_at)
          SELECT id, provider, due_at FROM overdue WHERE NOT is_given_up
          ORDER BY id
          ON CONFLICT DO NOTHING
        ), moved AS (
          UPDATE receipt_walk SET position = (SELECT id FROM seen ORDER BY id DESC LIMIT 1)
          WHERE EXISTS (SELECT FROM seen)
        )
        SELECT NULL AS provider, count(*)::int AS messages FROM seen
        UNION ALL
        SELECT provider, count(*)::int FROM overdue WHERE is_given_up GROUP BY provider""";

    // $1, $2, $3 as above; $4 messages; $5 notes of one provider at the most. What is sent by now gets its provider,
    // what will have no receipt goes, the rest waits on.
    private static final String SETTLE = """
        WITH asked AS MATERIALIZED (
          SELECT p.provider, p.seconds,
                 $5 - (SELECT count(*) FROM (SELECT FROM receipt_due AS r WHERE r.provider = p.provider LIMIT $5) AS noted) AS room
          FROM unnest($1::text[], $2::float8[]) AS p(provider, seconds)
        ), due AS (
          SELECT message_id FROM receipt_due
          WHERE provider IS NULL AND due_at <= now()
          ORDER BY due_at LIMIT $4
          FOR UPDATE SKIP LOCKED
        ), seen AS MATERIALIZED (
          SELECT due.message_id, m.status = 'sent' AS is_sent, m.provider, m.sent_at, m.send_at, asked.seconds,
                 coalesce(NOT message_is_settled(m.status) OR (m.status = 'sent' AND asked.seconds IS NOT NULL), false) AS waits,
                 coalesce(m.status = 'sent' AND row_number() OVER (PARTITION BY m.provider, m.status = 'sent' ORDER BY due.message_id)
                                                > asked.room, false) AS is_given_up
          FROM due
          LEFT JOIN LATERAL (
            SELECT status, provider, sent_at, send_at FROM message WHERE id = due.message_id LIMIT 1) AS m ON true
          LEFT JOIN asked ON asked.provider = m.provider
        ), gone AS (
          DELETE FROM receipt_due AS r USING seen
          WHERE r.message_id = seen.message_id AND (NOT seen.waits OR seen.is_given_up)
        ), moved AS (
          UPDATE receipt_due AS r
          SET provider = CASE WHEN seen.is_sent THEN seen.provider END,
              due_at = CASE WHEN seen.is_sent THEN coalesce(seen.sent_at, now()) + seen.seconds * interval '1 second'
                            ELSE greatest(seen.send_at, now()) + $3::float8 * interval '1 second' END
          FROM seen
          WHERE r.message_id = seen.message_id AND seen.waits AND NOT seen.is_given_up
        )
        SELECT NULL AS provider, count(*)::int AS messages FROM seen
        UNION ALL
        SELECT provider, count(*)::int FROM seen WHERE is_given_up GROUP BY provider""";

    // $1 the providers; $2 notes of one at the most; $3 seconds for which a note is left for those who know its
    // provider: a file changes for one worker after the other.
    private static final String FORGET = """
        WITH RECURSIVE noted AS (
          (SELECT provider FROM receipt_due WHERE provider IS NOT NULL ORDER BY provider LIMIT 1)
          UNION ALL
          SELECT (SELECT r.provider FROM receipt_due AS r WHERE r.provider > noted.provider ORDER BY r.provider LIMIT 1)
          FROM noted WHERE noted.provider IS NOT NULL
        ), nobodys AS MATERIALIZED (
          SELECT r.message_id
          FROM noted CROSS JOIN LATERAL (
            SELECT message_id FROM receipt_due
            WHERE provider = noted.provider AND due_at <= now() - $3::float8 * interval '1 second'
            ORDER BY due_at LIMIT $2
            FOR UPDATE SKIP LOCKED) AS r
          WHERE noted.provider <> ALL ($1::text[])
        ), gone AS (
          DELETE FROM receipt_due AS r USING nobodys WHERE r.message_id = nobodys.message_id RETURNING r.provider
        )
        SELECT NULL AS provider, count(*)::int AS messages FROM gone
        UNION ALL
        SELECT provider, count(*)::int FROM gone GROUP BY provider""";

    private final Pool pool;

    public WalkStore(Pool pool) {
        this.pool = pool;
    }

    /** Goes over so many messages that are old enough; none while another one walks. */
    Future<Step> walk(Map<String, Duration> after, Duration least, Duration ageMax, int stepsMax, int notesMax) {
        Tuple values = providers(after)
                .addDouble(seconds(least))
                .addDouble(seconds(ageMax))
                .addInteger(stepsMax)
                .addInteger(notesMax);
        return pool.preparedQuery(WALK).execute(values).map(WalkStore::step);
    }

    /** Looks again at so many that were not settled. */
    Future<Step> settle(Map<String, Duration> after, Duration least, int stepsMax, int notesMax) {
        Tuple values =
                providers(after).addDouble(seconds(least)).addInteger(stepsMax).addInteger(notesMax);
        return pool.preparedQuery(SETTLE).execute(values).map(WalkStore::step);
    }

    /** Forgets what was noted of other providers than these, so many of each, {@code patience} after it was due. */
    Future<Step> forget(Set<String> all, Duration patience, int stepsMax) {
        return pool.preparedQuery(FORGET)
                .execute(Tuple.tuple()
                        .addArrayOfString(all.toArray(String[]::new))
                        .addInteger(stepsMax)
                        .addDouble(seconds(patience)))
                .map(WalkStore::step);
    }

    private static Tuple providers(Map<String, Duration> after) {
        String[] names = after.keySet().toArray(String[]::new);
        Double[] seconds = after.values().stream().map(WalkStore::seconds).toArray(Double[]::new);
        return Tuple.tuple().addArrayOfString(names).addArrayOfDouble(seconds);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Step step(RowSet<Row> rows) {
        int messages = 0;
        Map<String, Integer> givenUp = new HashMap<>();
        for (Row row : rows) {
            String provider = row.getString("provider");
            if (provider == null) {
                messages = row.getInteger("messages");
            } else {
                Integer _ = givenUp.put(provider, row.getInteger("messages"));
            }
        }
        return new Step(messages, givenUp);
    }
}
