package io.heliograph.relay.care;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The statements that look after one-time codes. Any number of relays may run them at once. */
final class VerificationCareStore {
    /** A country of an account of whose codes hardly any is typed. */
    record Low(long accountId, String country, int approved, int judged) {}

    // Secrets that were kept for what might follow. Verifications first, then messages by id, as gateways lock them.
    private static final String FORGET_SECRETS = """
        WITH due AS MATERIALIZED (
          SELECT id, message_ids, created_at FROM verification
          WHERE clear_at <= now()
          ORDER BY clear_at LIMIT $1
          FOR NO KEY UPDATE SKIP LOCKED
        ), holding AS MATERIALIZED (
          SELECT m.id FROM message m
          WHERE m.id IN (SELECT unnest(message_ids) FROM due
                         UNION
                         SELECT f FROM due, unnest(message_ids) AS first_id, messages_that_followed(first_id, created_at) AS f)
            AND m.secret IS NOT NULL
          ORDER BY m.id FOR NO KEY UPDATE
        ), forgotten AS (
          UPDATE message SET secret = NULL WHERE id IN (SELECT id FROM holding)
        )
        UPDATE verification SET clear_at = NULL WHERE id IN (SELECT id FROM due)""";

    private static final String COUNT_PAGES = """
        SELECT pg_relation_size('verification_count') / current_setting('block_size')::bigint AS pages""";

    // Gateways lock counts in another order, so this waits for none of them.
    private static final String PRUNE_COUNTS = """
        DELETE FROM verification_count WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM verification_count
          WHERE ctid >= format('(%s,0)', $1::bigint)::tid AND ctid < format('(%s,0)', $2::bigint)::tid
            AND greatest(ends_at, day_ends_at) < now()
          FOR UPDATE SKIP LOCKED))""";

    // $1 of how many, $2 how many of them in percent. What was told is judged anew from there on, and at most once an
    // hour.
    private static final String JUDGE = """
        WITH RECURSIVE sent_to AS (
          (SELECT account_id, country FROM verification WHERE country IS NOT NULL ORDER BY account_id, country LIMIT 1)
          UNION ALL
          SELECT n.account_id, n.country
          FROM sent_to s CROSS JOIN LATERAL (
            SELECT v.account_id, v.country FROM verification v
            WHERE v.country IS NOT NULL AND (v.account_id, v.country) > (s.account_id, s.country)
            ORDER BY v.account_id, v.country LIMIT 1) n
        ), judged AS MATERIALIZED (
          SELECT s.account_id, s.country, count(*)::int AS judged, (count(*) FILTER (WHERE v.status = 'approved'))::int AS approved
          FROM sent_to s LEFT JOIN verification_alarm a ON a.account_id = s.account_id AND a.country = s.country
          CROSS JOIN LATERAL (
            SELECT v.status FROM verification v
            WHERE v.account_id = s.account_id AND v.country = s.country
              AND v.id > uuid_v7_floor(greatest(now() - interval '1 day', coalesce(a.told_at, now() - interval '1 day')))
              AND (v.status IN ('approved', 'too_many_checks') OR v.status = 'pending' AND v.expires_at <= now())
            ORDER BY v.id DESC LIMIT $1) v
          GROUP BY s.account_id, s.country
        ), told AS (
          INSERT INTO verification_alarm AS a (account_id, country, told_at, approved, judged)
          SELECT account_id, country, now(), approved, judged FROM judged
          WHERE judged >= $1 AND approved * 100 < judged * $2::int
          ON CONFLICT (account_id, country) DO UPDATE
          SET told_at = excluded.told_at, approved = excluded.approved, judged = excluded.judged
          WHERE a.told_at <= now() - interval '1 hour'
          RETURNING a.*
        ), noted AS (
          INSERT INTO event (id, account_id, type, occurred_at, data)
          SELECT uuid_v7_now(), t.account_id, 'verification.conversion_low', now(),
                 jsonb_build_object('country', '+' || t.country, 'approved', t.approved, 'judged', t.judged)
          FROM told t JOIN event_listening l ON l.account_id = t.account_id AND l.until > now()
        )
        SELECT account_id, country, approved, judged FROM told""";

    private static final String ALARMS = """
        SELECT count(*) AS alarms FROM verification_alarm WHERE told_at > now() - interval '1 hour'""";

    private static final long SECONDS_MAX = 25;

    private final Pool pool;

    VerificationCareStore(Pool pool) {
        this.pool = pool;
    }

    int forgetSecrets(int rowsMax) throws TimeoutException {
        return change(FORGET_SECRETS, Tuple.of(rowsMax));
    }

    long countPages() throws TimeoutException {
        return number(COUNT_PAGES, "pages");
    }

    int pruneCounts(long fromPage, long toPage) throws TimeoutException {
        return change(PRUNE_COUNTS, Tuple.of(fromPage, toPage));
    }

    /** Those that are told of now. */
    List<Low> judge(int judgedMin, int approvedPercentMin) throws TimeoutException {
        return pool.preparedQuery(JUDGE)
                .mapping(row -> new Low(
                        row.getLong("account_id"),
                        row.getString("country"),
                        row.getInteger("approved"),
                        row.getInteger("judged")))
                .execute(Tuple.of(judgedMin, approvedPercentMin))
                .map(rows -> rows.stream().toList())
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Told of within the last hour. */
    long alarms() throws TimeoutException {
        return number(ALARMS, "alarms");
    }

    private long number(String sql, String column) throws TimeoutException {
        return pool.preparedQuery(sql)
                .execute()
                .map(rows -> rows.iterator().next().getLong(column))
                .await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private int change(String sql, Tuple parameters) throws TimeoutException {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }
}
