package io.heliograph.worker.recipients;

import io.heliograph.worker.ledger.Intervals;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes places and gives them back; the lock on a person's row makes one worker wait for another. */
public final class PlaceStore {
    /** What a batch wants of one person: {@code urgent} takes a place in any case, {@code ordinary} where there is one. */
    record Ask(UUID person, int urgent, int ordinary) {}

    /** How many ordinary ones have got a place, and all places that are taken now. */
    record Got(int granted, List<Instant> taken, Instant databaseAt) {}

    /** A place that was not used. */
    record Unused(UUID person, Instant takenAt) {}

    // $1 persons, sorted, so that all lock in one order; $2 urgent, $3 ordinary; $4 places of one person; $5 for how
    // long one is taken. The time is that of the statement's begin: whoever waits here for a lock only has the longer
    // to wait.
    private static final String TAKE = """
        INSERT INTO recipient_place AS r (person, taken_at, granted, worthless_at)
        SELECT asked.person, array_fill(now(), ARRAY[asked.urgent + fitting.places]), fitting.places, now() + $5::interval
        FROM unnest($1::uuid[], $2::int[], $3::int[]) AS asked (person, urgent, ordinary)
        CROSS JOIN LATERAL (SELECT greatest(0, least(asked.ordinary, $4::int - asked.urgent)) AS places) AS fitting
        ORDER BY asked.person
        ON CONFLICT (person) DO UPDATE
        -- What an empty row could have granted is what is asked of this one.
        SET (taken_at, granted, worthless_at) = (
          SELECT kept.places || excluded.taken_at[1 : cardinality(excluded.taken_at) - excluded.granted + fitting.places],
                 fitting.places, excluded.worthless_at
          FROM (
            SELECT coalesce(array_agg(newest.place), '{}') AS places
            FROM (
              SELECT place FROM unnest(r.taken_at) AS place
              WHERE place > now() - $5::interval
              -- Urgent ones come in any number; so many beyond the limit are enough to say that it is reached.
              ORDER BY place DESC LIMIT $4::int + 100
            ) AS newest
          ) AS kept
          CROSS JOIN LATERAL (
            SELECT greatest(0, least(excluded.granted, $4::int - cardinality(kept.places)
                                     - (cardinality(excluded.taken_at) - excluded.granted))) AS places
          ) AS fitting
        )
        RETURNING r.person, r.granted, r.taken_at, now() AS database_at""";

    // $1 persons, $2 when each place was taken. A row that is gone was worthless, and so is the one that this makes
    // then.
    private static final String GIVE_BACK = """
        INSERT INTO recipient_place AS r (person, taken_at, granted, worthless_at)
        SELECT unused.person, array_agg(unused.place), 0, now()
        FROM unnest($1::uuid[], $2::timestamptz[]) AS unused (person, place)
        GROUP BY unused.person
        ORDER BY unused.person
        ON CONFLICT (person) DO UPDATE
        -- Places that were taken in the same moment are alike: as many go as are given back.
        SET taken_at = (
          SELECT coalesce(array_agg(alike.place), '{}')
          FROM (SELECT place, row_number() OVER (PARTITION BY place) AS nth FROM unnest(r.taken_at) AS place) AS alike
          WHERE alike.nth > (SELECT count(*) FROM unnest(excluded.taken_at) AS back WHERE back = alike.place)
        )""";

    private final Pool pool;

    public PlaceStore(Pool pool) {
        this.pool = pool;
    }

    /** Sorted by person, each of them once. */
    Future<Map<UUID, Got>> take(List<Ask> asks, int count, Duration span) {
        Tuple values = Tuple.of(
                asks.stream().map(Ask::person).toArray(UUID[]::new),
                asks.stream().map(Ask::urgent).toArray(Integer[]::new),
                asks.stream().map(Ask::ordinary).toArray(Integer[]::new),
                count,
                Intervals.of(span));
        return pool.preparedQuery(TAKE).execute(values).map(PlaceStore::got);
    }

    Future<Void> giveBack(List<Unused> places) {
        return pool.preparedQuery(GIVE_BACK)
                .execute(Tuple.of(places.stream().map(Unused::person).toArray(UUID[]::new), (Object) places.stream()
                        .map(place -> place.takenAt().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new)))
                .mapEmpty();
    }

    private static Map<UUID, Got> got(RowSet<Row> rows) {
        Map<UUID, Got> got = new HashMap<>();
        for (Row row : rows) {
            List<Instant> taken = Arrays.stream(row.getArrayOfOffsetDateTimes("taken_at"))
                    .map(OffsetDateTime::toInstant)
                    .toList();
            got.put(
                    row.getUUID("person"),
                    new Got(
                            row.getInteger("granted"),
                            taken,
                            row.getOffsetDateTime("database_at").toInstant()));
        }
        return got;
    }
}
