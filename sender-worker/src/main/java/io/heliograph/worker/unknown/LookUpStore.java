package io.heliograph.worker.unknown;

import io.heliograph.worker.ledger.Intervals;
import io.heliograph.worker.provider.Outgoing;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What our own records say about messages in doubt. */
public final class LookUpStore {
    /** What our records say of the ids that a provider shows. */
    record Records(Set<String> taken, boolean rivalled) {}

    // $1 ids at the provider; $2 message, $3 attempt; $4 recipient, $5 text; $6 when it was claimed; $7 how far
    // around. One statement, because its parts must see the same moment: of a message that is recorded meanwhile
    // either the id is taken, or it is a rival still. Messages of every account, as all are sent in the name of one
    // account at the provider. Not only recent ones, as a message may be sent weeks after it was accepted.
    private static final String RECORDS = """
        WITH other AS (
          SELECT r.id, r.status, r.claimed_at
          FROM message AS r
          WHERE r.recipient = $4 AND r.body = $5 AND r.id <> $2
            AND r.id < uuid_v7_floor($6::timestamptz + $7::interval)
        ), taken AS (
          SELECT a.provider_message_id FROM attempt AS a
          WHERE a.provider_message_id = ANY ($1) AND NOT (a.message_id = $2 AND a.n = $3)
          UNION ALL
          -- A receipt moves its message, and leaves the attempt without the id.
          SELECT c.provider_message_id FROM other, callback AS c
          WHERE c.message_id = other.id AND c.provider_message_id = ANY ($1)
        ), rival AS (
          SELECT FROM other
          WHERE other.status IN ('sending', 'unknown')
            AND other.claimed_at BETWEEN $6::timestamptz - $7::interval AND $6::timestamptz + $7::interval
          UNION ALL
          -- Whatever became of the message: this attempt of it may be the one that the provider shows.
          SELECT FROM other, attempt AS a
          WHERE a.message_id = other.id AND a.outcome = 'unknown' AND a.provider_message_id IS NULL
            AND a.started_at BETWEEN $6::timestamptz - $7::interval AND $6::timestamptz + $7::interval
            AND NOT EXISTS (
              SELECT FROM callback AS c
              WHERE c.message_id = a.message_id AND c.attempt = a.n AND c.provider_message_id IS NOT NULL)
        )
        SELECT ARRAY(SELECT provider_message_id FROM taken) AS taken, EXISTS (SELECT FROM rival) AS rivalled""";

    private static final String POSTPONE = """
        UPDATE outbox AS o SET due_at = now() + $2::interval, publishes = 0
        FROM message AS m
        WHERE o.message_id = $1 AND m.id = $1 AND m.status = 'unknown'""";

    private final Pool pool;

    public LookUpStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Which of these provider's ids are recorded for another attempt, and whether another message of ours, with the same
     * text to the same person and tried about the same time, could be any of the rest.
     */
    Future<Records> records(List<String> providerMessageIds, Outgoing of, Duration within) {
        Tuple values = Tuple.of(
                providerMessageIds.toArray(String[]::new),
                of.id(),
                (short) of.attempt(),
                of.recipient(),
                of.content().text(),
                of.claimedAt().atOffset(ZoneOffset.UTC),
                Intervals.of(within));
        return pool.preparedQuery(RECORDS).execute(values).map(rows -> {
            Row row = rows.iterator().next();
            return new Records(Set.copyOf(List.of(row.getArrayOfStrings("taken"))), row.getBoolean("rivalled"));
        });
    }

    /** Makes the promise of a message that is still unknown due after a pause. */
    Future<Void> postpone(UUID id, Duration pause) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(id, Intervals.of(pause)))
                .mapEmpty();
    }
}
