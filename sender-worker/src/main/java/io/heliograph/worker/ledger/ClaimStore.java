package io.heliograph.worker.ledger;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.RetryWish;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Outgoing.Browser;
import io.heliograph.worker.provider.SendBy;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages for sending. No provider is called for a message that this has not returned as {@link Claims.ToSend};
 * an id that comes twice, from wherever, falls through here.
 */
public final class ClaimStore {
    // $1 ids, sorted, so that concurrent claims lock in one order; $2 provider; $3 this claim; $4 how long a
    // claim may be silent; $5 whether replays are known to be wanted still. The first and the last id, for pruning,
    // would lose messages: docs/decisions/0009.
    private static final String CLAIM = """
        WITH opted_out AS MATERIALIZED (
          SELECT m.id
          FROM unnest($1::uuid[]) AS due (id) JOIN message AS m ON m.id = due.id
          -- Decided once: a house where nobody has ever opted out does not read its messages for this.
          WHERE (SELECT EXISTS (SELECT FROM suppression))
            AND m.answers IS NULL
            AND EXISTS (
              SELECT FROM suppression AS s
              WHERE s.account_id = m.account_id AND s.channel = m.channel AND s.person = m.recipient AND s.lifted_at IS NULL
                -- A message that names no sender may come from any of them.
                AND (m.sender IS NULL OR s.sender IN (m.sender, '')))
          UNION ALL
          -- A user's withdrawal counts for what is told to that user, and only for its purpose.
          SELECT m.id
          FROM unnest($1::uuid[]) AS due (id) JOIN message AS m ON m.id = due.id
          JOIN consent_state AS c ON c.account_id = m.account_id AND c.user_id = m.user_id AND c.channel = m.channel
            AND c.purpose = m.purpose AND NOT c.granted
          WHERE (SELECT EXISTS (SELECT FROM consent_state WHERE NOT granted))
        ), claimed AS (
          UPDATE message AS m
          SET status = CASE
                WHEN m.status = 'unknown' THEN 'unknown'
                -- Claimed by someone who has not recorded in time: perhaps sent.
                WHEN m.status = 'sending' AND m.claim IS DISTINCT FROM $3 THEN 'unknown'
                -- Ours already: the answer to this very claim was lost on its way, and it is repeated.
                WHEN m.status = 'sending' THEN 'sending'
                WHEN m.expires_at <= now() THEN 'expired'
                WHEN m.id IN (SELECT id FROM opted_out) THEN 'refused'
                ELSE 'sending' END,
              attempt = CASE
                WHEN m.status IN ('queued', 'scheduled') AND m.expires_at > now() AND m.id NOT IN (SELECT id FROM opted_out)
                THEN m.attempt + 1 ELSE m.attempt END,
              claimed_at = CASE
                WHEN m.status = 'unknown' OR m.status = 'sending' AND m.claim IS DISTINCT FROM $3 THEN m.claimed_at
                ELSE now() END,
              -- That of a lost attempt stays: it is what is known of the call that the message was in.
              claim = CASE
                WHEN m.status = 'unknown' OR m.status = 'sending' AND m.claim IS DISTINCT FROM $3 THEN m.claim
                ELSE $3 END,
              provider = CASE WHEN m.status IN ('queued', 'scheduled') THEN $2 ELSE m.provider END,
              unknown_since = CASE
                WHEN m.status = 'unknown' THEN coalesce(m.unknown_since, now())
                WHEN m.status = 'sending' AND m.claim IS DISTINCT FROM $3 THEN now() END,
              reason = CASE
                WHEN m.status = 'unknown' OR m.status = 'sending' AND m.claim IS DISTINCT FROM $3 THEN 'outcome_unknown'
                WHEN m.status = 'sending' THEN NULL
                WHEN m.expires_at <= now() THEN 'validity_passed'
                WHEN m.id IN (SELECT id FROM opted_out) THEN 'recipient_opted_out' END,
              settled_at = CASE
                WHEN m.status IN ('queued', 'scheduled')
                  AND (m.expires_at <= now() OR m.id IN (SELECT id FROM opted_out)) THEN now() END
          FROM unnest($1::uuid[]) AS due (id)
          WHERE m.id = due.id
            AND (m.status IN ('queued', 'unknown')
              OR m.status = 'scheduled' AND m.send_at <= now()
              OR m.status = 'sending' AND (m.claimed_at < now() - $4::interval OR m.claim = $3))
            -- Is looked into by a statement of its own, so that nothing else pays for it.
            AND (m.replay_of IS NULL OR $5 OR m.status NOT IN ('queued', 'scheduled'))
            -- A promise that was not published since it was last moved is not due: this id is an echo of an older one.
            -- And one that was moved to another provider is that one's.
            AND EXISTS (SELECT FROM outbox AS o WHERE o.message_id = m.id AND o.publishes > 0 AND o.topic = $2)
          RETURNING m.id, m.status, m.attempt, m.channel, m.lane, m.recipient, m.sender, m.media_urls,
            -- The one place where a one-time code and its text come together.
            CASE WHEN m.secret IS NULL THEN m.body ELSE with_secret(m.body, m.secret) END AS body,
            CASE WHEN m.secret IS NULL THEN m.content ELSE with_secret(m.content::text, m.secret)::jsonb END AS content,
            m.on_unknown, m.provider, m.claimed_at, m.account_id, m.retry, m.avoided_providers,
            CASE WHEN m.status = 'unknown' THEN m.claim END AS lost_claim,
            date_part('epoch', m.expires_at - now()) AS valid_seconds,
            date_part('epoch', now() - m.unknown_since) AS unknown_seconds,
            date_part('epoch', now() - m.created_at) AS age_seconds,
            -- What providers answered it with, not the claims that were given back unsent; that one was away is not the
            -- message's fault.
            CASE WHEN m.attempt < 2 THEN 0 ELSE (
              SELECT count(*) FROM attempt AS a
              WHERE a.message_id = m.id AND (a.outcome = 'refused' OR a.outcome = 'try_later' AND a.code NOT LIKE 'away:%'))
              END AS tries
        ), dropped AS (
          DELETE FROM outbox AS o USING claimed AS c WHERE c.status IN ('expired', 'refused') AND o.message_id = c.id
        ), found_lost AS (
          INSERT INTO attempt (message_id, n, provider, outcome, code, started_at, finished_at, lost_claim)
          SELECT c.id, c.attempt, c.provider, 'unknown', 'worker_lost', c.claimed_at, now(), c.lost_claim
          FROM claimed AS c WHERE c.status = 'unknown' AND c.unknown_seconds = 0
          ON CONFLICT DO NOTHING
        ), due_again AS (
          -- The look-up follows at once; should it not come to an end, it is repeated soon.
          UPDATE outbox AS o SET due_at = now() + interval '5 seconds', publishes = 0
          FROM claimed AS c WHERE c.status = 'unknown' AND c.unknown_seconds = 0 AND o.message_id = c.id
        )
        SELECT claimed.*, account.name AS account,
          -- Asked for only for messages to browsers: others pay nothing.
          CASE WHEN claimed.channel = 'web_push' THEN (
            SELECT jsonb_build_object('endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth)
            FROM push_subscription AS s
            WHERE s.id = claimed.recipient AND s.account_id = claimed.account_id) END AS browser
        FROM claimed LEFT JOIN account ON account.id = claimed.account_id""";

    /**
     * Where a claim fell through because somebody holds the message, its promise is pulled near: should that somebody
     * have died (which is why a broker hands out an envelope again), this is found as soon as the claim is too old.
     */
    private static final String HASTEN = """
        UPDATE outbox AS o
        SET due_at = m.claimed_at + $2::interval
        FROM unnest($1::uuid[]) AS due (id), message AS m
        WHERE m.id = due.id AND m.status = 'sending'
          AND m.claim IS DISTINCT FROM $3
          AND o.message_id = m.id AND o.due_at > m.claimed_at + $2::interval""";

    private final Pool pool;
    private final SendBy.Clocks clocks;
    private final Duration silenceMax;
    private final Duration sendWithin;

    /** {@code lease} is the time after which an unsettled message is published again, at the earliest. */
    public ClaimStore(Pool pool, SendBy.Clocks clocks, Duration lease) {
        this.pool = pool;
        this.clocks = clocks;
        // A quarter to begin the call, a quarter for the answer; then the rest of the world may call it lost.
        this.sendWithin = lease.dividedBy(4);
        this.silenceMax = lease.dividedBy(2);
    }

    /**
     * Claims what can be claimed of the given ids, which must be sorted; replays that wait only where it is known that they are
     * still wanted. May be repeated with the same claim.
     */
    Future<Claims> claim(List<UUID> ids, String provider, UUID claim, boolean replays) {
        SendBy sendBy = SendBy.in(sendWithin, clocks);
        Tuple values = Tuple.of(ids.toArray(UUID[]::new), provider, claim, Intervals.of(silenceMax), replays);
        return pool.preparedQuery(CLAIM).execute(values).map(rows -> claims(rows, sendBy));
    }

    /** For the ids of a claim of which not all could be claimed. */
    Future<Void> hasten(List<UUID> ids, UUID claim) {
        Tuple values = Tuple.of(ids.toArray(UUID[]::new), Intervals.of(silenceMax), claim);
        return pool.preparedQuery(HASTEN).execute(values).mapEmpty();
    }

    private static Claims claims(RowSet<Row> rows, SendBy sendBy) {
        List<Claims.ToSend> toSend = new ArrayList<>(rows.size());
        List<Claims.ToResolve> toResolve = new ArrayList<>();
        int expired = 0;
        int refused = 0;
        for (Row row : rows) {
            switch (row.getString("status")) {
                case "sending" -> toSend.add(toSend(row, sendBy));
                case "unknown" -> toResolve.add(toResolve(row, sendBy));
                case "refused" -> refused++;
                default -> expired++;
            }
        }
        return new Claims(toSend, toResolve, expired, refused, 0);
    }

    private static Claims.ToSend toSend(Row row, SendBy sendBy) {
        return new Claims.ToSend(
                outgoing(row, sendBy),
                Lane.of(row.getString("lane")),
                row.getInteger("tries"),
                duration(row.getDouble("age_seconds")),
                wishes(row),
                null);
    }

    private static Claims.Wishes wishes(Row row) {
        String account = row.getString("account");
        String[] avoided = row.getArrayOfStrings("avoided_providers");
        return new Claims.Wishes(
                account == null ? "" : account,
                RetryWish.of(row.getJsonObject("retry")),
                avoided == null ? Set.of() : Set.of(avoided));
    }

    private static Claims.ToResolve toResolve(Row row, SendBy sendBy) {
        double unknownSeconds = row.getDouble("unknown_seconds");
        return new Claims.ToResolve(
                outgoing(row, sendBy),
                row.getString("provider"),
                "resend".equals(row.getString("on_unknown")),
                duration(unknownSeconds),
                unknownSeconds == 0);
    }

    private static Outgoing outgoing(Row row, SendBy sendBy) {
        return new Outgoing(
                row.getUUID("id"),
                row.getInteger("attempt"),
                Channel.of(row.getString("channel")),
                row.getString("recipient"),
                row.getString("sender"),
                StoredContent.of(row.getString("body"), row.getValue("media_urls"), row.getValue("content")),
                row.getOffsetDateTime("claimed_at").toInstant(),
                duration(row.getDouble("valid_seconds")),
                sendBy,
                row.getLong("account_id"),
                browser(row));
    }

    private static @Nullable Browser browser(Row row) {
        JsonObject browser = row.getJsonObject("browser");
        return browser == null
                ? null
                : new Browser(
                        browser.getString("endpoint"),
                        browser.getString("p256dh"),
                        browser.getString("auth"),
                        Lane.of(row.getString("lane")));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis((long) (seconds * 1_000));
    }
}
