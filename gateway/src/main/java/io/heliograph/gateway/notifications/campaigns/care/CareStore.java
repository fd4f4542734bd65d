package io.heliograph.gateway.notifications.campaigns.care;

import io.heliograph.gateway.notifications.campaigns.CampaignMeters.Counted;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** What is done for campaigns as a whole: begun, held, taken back, ended. Each statement may be repeated, by any gateway. */
final class CareStore {
    private static final int MESSAGES_AT_ONCE_MAX = 2_000;
    private static final int ROWS_AT_ONCE_MAX = 5_000;
    static final int CAMPAIGNS_MAX = 1_000;
    private static final int COUNTS_KEPT_MAX = 64;
    /** After the end, and for whoever was missed. */
    private static final int DAYS_KEPT = 30;

    /** Nothing that is done for a campaign takes as long. */
    private static final int LATE_SECONDS = 60;

    private static final String AT_WORK = """
        SELECT c.id, c.account_id, c.status, EXISTS (SELECT FROM outbox o WHERE o.campaign_id = c.id AND o.due_at = 'infinity') AS holds
        FROM campaign c WHERE c.at_work AND c.status <> 'scheduled' AND c.id > $2 ORDER BY c.id LIMIT $1""";

    private static final String BEGIN = """
        UPDATE campaign SET status = 'running', next_slot_at = now(), updated_at = clock_timestamp()
        WHERE id IN (SELECT id FROM campaign WHERE at_work AND status = 'scheduled' AND send_at <= $1 FOR NO KEY UPDATE SKIP LOCKED)""";

    // Messages are locked before promises; one that is locked is being claimed. What is on its way is not counted, so
    // that nothing hides behind it. publishes = 0: what is on the broker already falls through at the claim.
    private static final String HOLD_PROMISES = """
        WITH waiting AS MATERIALIZED (
          SELECT m.id FROM outbox o JOIN message m ON m.id = o.message_id
          WHERE o.campaign_id = $1 AND o.due_at < 'infinity' AND m.status IN ('queued', 'scheduled')
          ORDER BY o.due_at LIMIT $2 FOR NO KEY UPDATE OF m SKIP LOCKED
        )
        UPDATE outbox o SET due_at = 'infinity', publishes = 0 FROM waiting w WHERE o.message_id = w.id""";

    // What a worker has claimed goes its way; its promise, should it have been held meanwhile, is due.
    private static final String TAKE_BACK = """
        WITH left_over AS MATERIALIZED (
          SELECT o.message_id, o.due_at FROM outbox o JOIN message m ON m.id = o.message_id
          WHERE o.campaign_id = $1 AND (message_may_move(m.status, 'canceled') OR o.due_at = 'infinity')
          ORDER BY o.due_at LIMIT $2
        ), held AS MATERIALIZED (
          SELECT m.id, message_may_move(m.status, 'canceled') AS waits, l.due_at = 'infinity' AS is_held
          FROM left_over l JOIN message m ON m.id = l.message_id
          ORDER BY m.id FOR NO KEY UPDATE OF m SKIP LOCKED
        ), canceled AS (
          UPDATE message m SET status = 'canceled', reason = 'canceled_by_account', settled_at = now()
          FROM held h WHERE m.id = h.id AND h.waits
          RETURNING m.id
        ), kept AS (
          DELETE FROM outbox o USING canceled c WHERE o.message_id = c.id
        ), let_go AS (
          UPDATE outbox o SET due_at = now() FROM held h WHERE NOT h.waits AND h.is_held AND o.message_id = h.id
        )
        SELECT count(*) AS canceled FROM canceled""";

    private static final String END = """
        UPDATE campaign c
        SET at_work = false, updated_at = clock_timestamp(),
            status = CASE WHEN status = 'running' THEN 'completed' ELSE status END, ended_at = coalesce(ended_at, now())
        WHERE id = $1 AND at_work
          AND (status = 'canceled' OR status = 'running' AND counting IS NULL AND given_out >= last_row)
          AND NOT EXISTS (SELECT FROM campaign_chunk k WHERE k.campaign_id = c.id)
          AND NOT EXISTS (SELECT FROM outbox o WHERE o.campaign_id = c.id)""";

    private static final String COUNTED = """
        SELECT campaign_id AS id FROM campaign_count GROUP BY campaign_id HAVING count(*) > $1 LIMIT 100""";

    private static final String FOLD = """
        WITH many AS (
          DELETE FROM campaign_count WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM campaign_count WHERE campaign_id = $1 LIMIT $2 FOR UPDATE SKIP LOCKED))
          RETURNING kind, word, n
        )
        INSERT INTO campaign_count (campaign_id, kind, word, n)
        SELECT $1, kind, word, sum(n) FROM many GROUP BY kind, word HAVING sum(n) <> 0""";

    // A chunk that fails is taken again and again: how old it is tells. Who is asked for the next chunk has the next
    // slot moved.
    private static final String COUNT = """
        WITH chunk AS MATERIALIZED (
          SELECT k.campaign_id, k.given_at < now() - $1::int * interval '1 second' AS is_late
          FROM campaign_chunk k JOIN campaign c ON c.id = k.campaign_id WHERE c.status = 'running'
        )
        SELECT count(*) FILTER (WHERE status = 'scheduled')::int AS scheduled, count(*) FILTER (WHERE status = 'running')::int AS running,
               count(*) FILTER (WHERE status = 'paused')::int AS paused,
               count(*) FILTER (
                 WHERE status = 'scheduled' AND send_at < $2::timestamptz - $1::int * interval '1 second'
                   OR status = 'running' AND (
                     counting IS NULL AND given_out < last_row AND next_slot_at < now() - $1::int * interval '1 second'
                     OR id IN (SELECT campaign_id FROM chunk WHERE is_late)))::int AS stuck,
               (SELECT count(*) FROM chunk WHERE NOT is_late)::int AS under_way, (SELECT count(*) FROM chunk WHERE is_late)::int AS late
        FROM campaign WHERE at_work""";

    private static final String DROP_OLD = """
        UPDATE campaign_audience SET state = 'dropped'
        WHERE state <> 'dropped' AND (
          state = 'uploading' AND touched_at < now() - interval '10 minutes'
          OR id IN (SELECT audience_id FROM campaign WHERE NOT at_work AND ended_at < now() - $1::int * interval '1 day'))""";

    // Of one audience at a time; it goes when nothing is left of it.
    private static final String PRUNE = """
        WITH old AS MATERIALIZED (
          SELECT id FROM campaign_audience WHERE state = 'dropped' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
        ), persons AS (
          DELETE FROM campaign_recipient r WHERE r.ctid = ANY (ARRAY(
            SELECT p.ctid FROM campaign_recipient p JOIN old ON p.audience_id = old.id LIMIT $1)) RETURNING 1
        ), broken AS (
          DELETE FROM campaign_broken_row b WHERE b.ctid = ANY (ARRAY(
            SELECT p.ctid FROM campaign_broken_row p JOIN old ON p.audience_id = old.id LIMIT $1)) RETURNING 1
        ), skips AS (
          DELETE FROM campaign_skip s WHERE s.ctid = ANY (ARRAY(
            SELECT p.ctid FROM campaign_skip p JOIN old ON p.audience_id = old.id LIMIT $1)) RETURNING 1
        ), gone AS (
          DELETE FROM campaign_audience a USING old
          WHERE a.id = old.id
            AND (SELECT count(*) FROM persons) + (SELECT count(*) FROM broken) + (SELECT count(*) FROM skips) = 0
        )
        SELECT count(*) AS found FROM old""";

    /**
     * A campaign, and where it stands.
     *
     * @param holds whether promises of it are held
     */
    record AtWork(UUID id, long accountId, String status, boolean holds) {}

    private final Pool pool;

    CareStore(Pool pool) {
        this.pool = pool;
    }

    /** {@link #CAMPAIGNS_MAX} of them at the most, in the order of their ids. */
    Future<List<AtWork>> atWork(UUID after) {
        return list(
                AT_WORK,
                Tuple.of(CAMPAIGNS_MAX, after),
                row -> new AtWork(
                        row.getUUID("id"),
                        row.getLong("account_id"),
                        row.getString("status"),
                        row.getBoolean("holds")));
    }

    /** Those with many counts. */
    Future<List<UUID>> counted() {
        return list(COUNTED, Tuple.of(COUNTS_KEPT_MAX), row -> row.getUUID("id"));
    }

    private <T> Future<List<T>> list(String statement, Tuple parameters, Function<Row, T> read) {
        return pool.preparedQuery(statement)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(read)
                        .toList());
    }

    /** Those whose time has come. */
    Future<Integer> begin(OffsetDateTime now) {
        return changed(BEGIN, Tuple.of(now));
    }

    Future<Integer> hold(UUID campaign) {
        return changed(HOLD_PROMISES, Tuple.of(campaign, MESSAGES_AT_ONCE_MAX));
    }

    Future<Integer> takeBack(UUID campaign) {
        return number(TAKE_BACK, Tuple.of(campaign, MESSAGES_AT_ONCE_MAX));
    }

    Future<Integer> end(UUID campaign) {
        return changed(END, Tuple.of(campaign));
    }

    Future<Integer> fold(UUID campaign) {
        return changed(FOLD, Tuple.of(campaign, ROWS_AT_ONCE_MAX));
    }

    Future<Counted> count(OffsetDateTime now) {
        return pool.preparedQuery(COUNT).execute(Tuple.of(LATE_SECONDS, now)).map(rows -> {
            Row row = rows.iterator().next();
            return new Counted(
                    row.getInteger("scheduled"),
                    row.getInteger("running"),
                    row.getInteger("paused"),
                    row.getInteger("stuck"),
                    row.getInteger("under_way"),
                    row.getInteger("late"));
        });
    }

    /** Audiences that nobody needs any more, and what is left of those of before. */
    Future<Integer> prune() {
        return changed(DROP_OLD, Tuple.of(DAYS_KEPT)).compose(dropped -> number(PRUNE, Tuple.of(ROWS_AT_ONCE_MAX)));
    }

    private Future<Integer> changed(String statement, Tuple parameters) {
        return pool.preparedQuery(statement).execute(parameters).map(rows -> rows.rowCount());
    }

    private Future<Integer> number(String statement, Tuple parameters) {
        Future<RowSet<Row>> rows = pool.preparedQuery(statement).execute(parameters);
        return rows.map(found -> found.iterator().next().getLong(0).intValue());
    }
}
