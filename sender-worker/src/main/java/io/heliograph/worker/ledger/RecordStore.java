package io.heliograph.worker.ledger;

import io.heliograph.contract.Reason;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes down what became of a batch: message, attempt and promise in one statement. Repeating it changes nothing. */
public final class RecordStore {
    /** One row a message, sorted by id. */
    private static final String RECORD = """
        WITH verdict AS MATERIALIZED (
          SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::boolean[], $6::int[],
                               $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[],
                               $13::text[], $14::text[])
            AS v (id, attempt, status, reason, possible_duplicate, due_ms,
                  provider, outcome, code, provider_message_id, started_at, finished_at, receipt_key, topic)
        ), moved AS (
          UPDATE message AS m
          SET status = v.status,
              reason = v.reason,
              possible_duplicate = m.possible_duplicate OR v.possible_duplicate,
              sent_at = CASE WHEN v.status = 'sent' THEN now() ELSE m.sent_at END,
              settled_at = CASE WHEN message_is_settled(v.status) THEN now() END,
              unknown_since = CASE WHEN v.status = 'unknown' THEN now() ELSE m.unknown_since END
          FROM verdict AS v
          WHERE m.id = v.id AND m.attempt = v.attempt
            -- A receipt may have overtaken this record, and another worker may have called the message unknown.
            AND message_may_move(m.status, v.status)
            AND (m.status IN ('sending', 'unknown')
              -- Acceptance that comes to light late corrects what was decided without it; a failure that the provider
              -- itself reported stays.
              OR v.status = 'sent' AND (m.status = 'queued' OR m.status = 'failed' AND m.reason = 'outcome_unknown'))
          RETURNING m.id, m.account_id, m.channel, m.recipient, m.sender, m.reason, v.due_ms, v.topic,
                    coalesce(m.claimed_at, m.created_at) AS sent_from
        ), tried AS (
          INSERT INTO attempt AS a
            (message_id, n, provider, outcome, code, provider_message_id, started_at, finished_at, receipt_key)
          SELECT id, attempt, provider, outcome, code, provider_message_id, started_at, coalesce(finished_at, now()),
                 receipt_key
          FROM verdict WHERE outcome IS NOT NULL
          ON CONFLICT (message_id, n) DO UPDATE
          SET outcome = excluded.outcome, code = excluded.code, finished_at = excluded.finished_at,
              provider_message_id = coalesce(excluded.provider_message_id, a.provider_message_id),
              receipt_key = coalesce(a.receipt_key, excluded.receipt_key)
          -- The only thing that a row may still learn is what became of an attempt that nobody knew about.
          WHERE a.outcome = 'unknown' AND excluded.outcome <> 'unknown'
        ), kept AS (
          DELETE FROM outbox AS o USING moved WHERE moved.due_ms IS NULL AND o.message_id = moved.id
        ), opted_out AS (
          -- The locks in the order of all others; of two in one conversation, that which was sent last.
          SELECT suppress_who_told_provider(id, account_id, channel, recipient, sender, sent_from)
          FROM (SELECT id, account_id, channel, recipient, coalesce(sender, '') AS sender, sent_from
                FROM moved WHERE reason = 'recipient_opted_out'
                ORDER BY account_id, channel, recipient, coalesce(sender, ''), sent_from DESC) AS told
        ), gone AS (
          -- Nobody is there any more, and nothing shall be sent there again.
          DELETE FROM push_subscription AS s USING moved
          WHERE moved.reason = 'subscription_gone' AND moved.channel = 'web_push' AND s.id = moved.recipient
            AND s.account_id = moved.account_id
        ), due_again AS (
          UPDATE outbox AS o
          SET due_at = now() + moved.due_ms * interval '1 millisecond', publishes = 0,
              topic = coalesce(moved.topic, o.topic)
          FROM moved WHERE moved.due_ms IS NOT NULL AND o.message_id = moved.id
        )
        -- What nobody reads is not run: so the second.
        SELECT (SELECT count(*) FROM moved) AS moved, (SELECT count(*) FROM opted_out) AS opted_out""";

    private final Pool pool;

    public RecordStore(Pool pool) {
        this.pool = pool;
    }

    /** The verdicts must be sorted by id. Answers how many messages they moved; receipts may have moved the others. */
    Future<Integer> record(List<Verdict> verdicts) {
        Tuple values = Tuple.wrap(new ArrayList<>(List.<Object>of(
                each(verdicts, Verdict::id, new UUID[0]),
                each(verdicts, verdict -> (short) verdict.attempt(), new Short[0]),
                each(verdicts, verdict -> verdict.status().word(), new String[0]),
                each(verdicts, verdict -> code(verdict.reason()), new String[0]),
                each(verdicts, Verdict::possibleDuplicate, new Boolean[0]),
                each(verdicts, verdict -> millis(verdict.dueIn()), new Integer[0]),
                tried(verdicts, Verdict.Tried::provider, new String[0]),
                tried(verdicts, Verdict.Tried::outcome, new String[0]),
                tried(verdicts, Verdict.Tried::code, new String[0]),
                tried(verdicts, Verdict.Tried::providerMessageId, new String[0]),
                tried(verdicts, tried -> utc(tried.startedAt()), new OffsetDateTime[0]),
                tried(
                        verdicts,
                        tried -> tried.finishedAt() == null ? null : utc(tried.finishedAt()),
                        new OffsetDateTime[0]),
                tried(verdicts, Verdict.Tried::receiptKey, new String[0]),
                each(verdicts, Verdict::topic, new String[0]))));
        return pool.preparedQuery(RECORD)
                .execute(values)
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private static <T> T[] each(List<Verdict> verdicts, Function<Verdict, @Nullable T> column, T[] type) {
        return verdicts.stream().map(column).toList().toArray(type);
    }

    private static <T> T[] tried(List<Verdict> verdicts, Function<Verdict.Tried, @Nullable T> column, T[] type) {
        return each(verdicts, verdict -> verdict.tried() == null ? null : column.apply(verdict.tried()), type);
    }

    private static @Nullable String code(@Nullable Reason reason) {
        return reason == null ? null : reason.code();
    }

    private static @Nullable Integer millis(@Nullable Duration duration) {
        return duration == null ? null : (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
