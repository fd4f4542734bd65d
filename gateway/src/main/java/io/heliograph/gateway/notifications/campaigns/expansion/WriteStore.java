package io.heliograph.gateway.notifications.campaigns.expansion;

import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Stores what a chunk comes to: messages with their promises, who was passed over, and how many of each; and the chunk is gone. What all
 * of them have in common is told once, so that a message costs little more than its rows.
 */
final class WriteStore {
    private static final String WRITE = """
        WITH suppressed AS MATERIALIZED (
          SELECT person, sender FROM suppression
          WHERE account_id = $2::bigint AND channel = $3::text AND person = ANY ($12::text[]) AND lifted_at IS NULL
        ), erased AS MATERIALIZED (
          SELECT hash FROM erased_person WHERE hash = ANY ($23::text[])
        ), item AS MATERIALIZED (
          SELECT i.*,
                 -- A message that names no sender may come from any of them.
                 CASE WHEN i.sender IS NULL THEN i.recipient IN (SELECT person FROM suppressed)
                 ELSE (i.recipient, i.sender) IN (SELECT person, sender FROM suppressed)
                   OR i.recipient IN (SELECT person FROM suppressed WHERE sender = '') END
                 OR coalesce(i.hash IN (SELECT hash FROM erased), false) AS opted_out
          FROM unnest($10::int[], $11::uuid[], $12::text[], $13::text[], $14::text[], $15::text[], $16::int[], $17::text[],
                      $18::timestamptz[], $19::timestamptz[], $20::text[], $21::text[], $22::text[], $23::text[])
            AS i (n, id, recipient, sender, body, content, segments, encoding, send_at, estimated_send_at, user_id, variant, topic, hash)
        ), accepted AS MATERIALIZED (
          SELECT *, coalesce(send_at > now(), false) AS waits,
                 greatest(now(), send_at, $7::timestamptz + (n - $6::int - 1) * $8::float8 * interval '1 second') AS due_at
          FROM item WHERE NOT opted_out
        ), stored AS (
          INSERT INTO message (id, account_id, status, channel, lane, recipient, sender, body, segments, encoding, created_at, send_at,
                               expires_at, on_unknown, content, estimated_send_at, user_id, notification_type, variant, purpose,
                               campaign_id)
          SELECT id, $2::bigint, CASE WHEN waits THEN 'scheduled' ELSE 'queued' END, $3::text, 'bulk', recipient, sender, body, segments, encoding, now(),
                 send_at, due_at + $9::bigint * interval '1 millisecond', 'fail', content::jsonb, greatest(estimated_send_at, due_at), user_id,
                 $4::text, variant, $5::text, $1::uuid
          FROM accepted
        ), promised AS (
          INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at, scheduled, campaign_id)
          SELECT id, topic, 'bulk', $2::bigint, due_at, now(), waits, $1::uuid FROM accepted
        ), skipped AS MATERIALIZED (
          SELECT n, reason FROM unnest($24::int[], $25::text[]) AS s (n, reason)
          UNION ALL
          SELECT n, 'recipient_opted_out' FROM item WHERE opted_out
        ), passed_over AS (
          INSERT INTO campaign_skip (audience_id, n, reason) SELECT $26::uuid, n, reason FROM skipped
        ), counted AS (
          INSERT INTO campaign_count (campaign_id, kind, word, n)
          SELECT $1::uuid, 'message', CASE WHEN waits THEN 'scheduled' ELSE 'queued' END, count(*) FROM accepted GROUP BY waits
          UNION ALL
          SELECT $1::uuid, 'skipped', reason, count(*) FROM skipped GROUP BY reason
        ), done AS (
          DELETE FROM campaign_chunk WHERE campaign_id = $1::uuid AND after_row = $6::int
        )
        SELECT id FROM item WHERE opted_out""";

    private WriteStore() {}

    /** Answers the ids of the messages that their recipients do not want, which are not stored. */
    static Future<Set<UUID>> write(SqlClient client, Chunk chunk, String purpose, ChunkColumns columns) {
        Campaign campaign = chunk.campaign();
        Tuple parameters = Tuple.of(
                        campaign.id(),
                        campaign.accountId(),
                        campaign.wish().channel().word(),
                        campaign.wish().type(),
                        purpose)
                .addInteger(chunk.afterRow())
                .addOffsetDateTime(chunk.slotAt())
                .addDouble(chunk.gapSeconds())
                .addLong(columns.validForMillis());
        columns.addTo(parameters).addUUID(chunk.audienceId());
        return client.preparedQuery(WRITE).execute(parameters).map(rows -> {
            Set<UUID> optedOut = new HashSet<>();
            for (Row row : rows) {
                optedOut.add(row.getUUID(0));
            }
            return optedOut;
        });
    }
}
