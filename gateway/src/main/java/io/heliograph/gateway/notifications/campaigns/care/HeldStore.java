package io.heliograph.gateway.notifications.campaigns.care;

import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.expansion.RecipientStore.ByAddress;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets go what was held of a campaign: a part of it in one transaction, in which it is read, decided on and moved. */
final class HeldStore {
    private static final int MESSAGES_AT_ONCE_MAX = 2_000;
    /** Of what is paced so much is let go at once, and so much ahead, as of chunks. */
    private static final double AHEAD_SECONDS = 1;

    // A pause waits for whoever has this, or this finds that the campaign does not run.
    private static final String HOLD_RUNNING = """
        SELECT * FROM campaign
        WHERE id = $1 AND status = 'running'
          AND (rate_per_second IS NULL OR next_slot_at <= now() + $2::float8 * interval '1 second')
        FOR NO KEY UPDATE""";

    // Messages are locked before promises; one that is locked waits for another round. What was claimed before it was
    // held goes its way, and so does what is too old: the claim says so.
    private static final ByAddress HELD =
            ByAddress.of("r.id, r.waits", "CROSS JOIN r").with("""
        WITH held AS MATERIALIZED (
          SELECT m.id, m.user_id, m.recipient AS address, m.status IN ('queued', 'scheduled') AND m.expires_at > now() AS waits
          FROM outbox o JOIN message m ON m.id = o.message_id
          WHERE o.campaign_id = $1 AND o.due_at = 'infinity'
          LIMIT $4 FOR NO KEY UPDATE OF m SKIP LOCKED
        ), r AS MATERIALIZED (
          SELECT held.*, row_number() OVER (ORDER BY id)::int AS n, NULL::text AS locale, NULL::jsonb AS data FROM held
        )
        """);

    // $2 ids, $3 when they may go where that is later, $4 why. As far apart as the campaign's rate asks. A wait for the
    // morning takes nothing from a message's validity; the last statement sees the message as it was.
    private static final String LET_GO = """
        WITH item AS MATERIALIZED (
          SELECT i.id, i.send_at, i.reason, i.send_at IS NULL AND i.reason IS NOT NULL AS is_refused,
                 greatest(c.next_slot_at, now()) + (i.n - 1) * coalesce(1 / c.rate_per_second, 0) * interval '1 second' AS slot_at
          FROM campaign c CROSS JOIN unnest($2::uuid[], $3::timestamptz[], $4::text[]) WITH ORDINALITY AS i (id, send_at, reason, n)
          WHERE c.id = $1
        ), refused AS (
          UPDATE message m SET status = 'refused', reason = i.reason, settled_at = now()
          FROM item i WHERE i.is_refused AND m.id = i.id
          RETURNING m.id
        ), kept AS (
          DELETE FROM outbox o USING refused r WHERE o.message_id = r.id
        ), deferred AS (
          UPDATE message m
          SET reason = i.reason, send_at = i.send_at, estimated_send_at = greatest(m.estimated_send_at, i.send_at),
              expires_at = m.expires_at + (i.send_at - greatest(m.send_at, $5::timestamptz))
          FROM item i WHERE i.send_at IS NOT NULL AND m.id = i.id
        ), moved AS (
          UPDATE campaign
          SET next_slot_at = greatest(next_slot_at, now()) + cardinality($2::uuid[]) * coalesce(1 / rate_per_second, 0) * interval '1 second'
          WHERE id = $1
        )
        UPDATE outbox o SET due_at = greatest(now(), i.slot_at, coalesce(i.send_at, m.send_at))
        FROM item i JOIN message m ON m.id = i.id
        WHERE NOT i.is_refused AND o.message_id = i.id""";

    /** What has to be known of each. */
    record Asked(String category, String purpose) {}

    /** Says what is asked, and what becomes of each. */
    interface Deciding {
        Asked asked(Campaign campaign);

        Future<List<Release>> decide(Campaign campaign, RowSet<Row> held);
    }

    private final Pool pool;

    HeldStore(Pool pool) {
        this.pool = pool;
    }

    /** Answers how many were decided on: none where the campaign does not run, or it is not its turn. */
    Future<Integer> letGo(UUID id, OffsetDateTime now, Deciding deciding) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(HOLD_RUNNING)
                .execute(Tuple.of(id, AHEAD_SECONDS))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(0)
                        : letGo(connection, Campaign.of(rows.iterator().next()), now, deciding)));
    }

    private static Future<Integer> letGo(
            SqlConnection connection, Campaign campaign, OffsetDateTime now, Deciding deciding) {
        Asked asked = deciding.asked(campaign);
        return connection
                .preparedQuery(HELD.by(campaign.wish().channel()))
                .execute(Tuple.of(
                        campaign.id(),
                        asked.category(),
                        asked.purpose(),
                        atOnce(campaign.wish().ratePerSecond())))
                .compose(held -> deciding.decide(campaign, held))
                .compose(releases -> connection
                        .preparedQuery(LET_GO)
                        .execute(parameters(campaign.id(), now, releases))
                        .map(releases.size()));
    }

    private static int atOnce(@Nullable Double ratePerSecond) {
        return ratePerSecond == null
                ? MESSAGES_AT_ONCE_MAX
                : (int) Math.min(MESSAGES_AT_ONCE_MAX, Math.ceil(ratePerSecond * AHEAD_SECONDS));
    }

    private static Tuple parameters(UUID id, OffsetDateTime now, List<Release> releases) {
        return Tuple.of(id)
                .addArrayOfUUID(releases.stream().map(Release::messageId).toArray(UUID[]::new))
                .addArrayOfOffsetDateTime(releases.stream().map(Release::sendAt).toArray(OffsetDateTime[]::new))
                .addArrayOfString(releases.stream()
                        .map(Release::reason)
                        .map(reason -> reason == null ? null : reason.code())
                        .toArray(String[]::new))
                .addOffsetDateTime(now);
    }
}
