package io.heliograph.webhooks.deliver;

import io.heliograph.webhooks.deliver.Try.Made;
import io.heliograph.webhooks.post.Posted;
import io.heliograph.webhooks.post.Posted.Answered;
import io.heliograph.webhooks.post.Posted.Failure;
import io.heliograph.webhooks.post.Posted.NotAnswered;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statements that record what became of deliveries, and of endpoints. */
final class TryStore {
    private static final String RECORD = """
        WITH ended AS MATERIALIZED (
          SELECT *
          FROM unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::int[], $8::smallint[],
                      $9::text[], $10::text[], $11::bigint[], $12::boolean[], $13::uuid[])
            AS t (delivery_id, n, account_id, event_id, endpoint_id, tried_at, duration_ms, status_code, failure, answer_head,
                  pause_ms, arrived, message_id)
        ), kept AS (
          DELETE FROM webhook_delivery d USING ended t
          -- Who has taken it since decides over what failed here; what has arrived has arrived.
          WHERE d.id = t.delivery_id AND t.pause_ms IS NULL AND (t.arrived OR d.tries = t.n)
        ), later AS (
          UPDATE webhook_delivery d SET due_at = now() + t.pause_ms * interval '1 millisecond'
          FROM ended t
          WHERE d.id = t.delivery_id AND t.pause_ms IS NOT NULL AND d.tries = t.n
        )
        INSERT INTO webhook_try (delivery_id, n, account_id, event_id, endpoint_id, message_id, tried_at, duration_ms, status_code,
                                 failure, answer_head, next_at)
        SELECT delivery_id, n, account_id, event_id, endpoint_id, message_id, tried_at, duration_ms, status_code, failure, answer_head,
               now() + pause_ms * interval '1 millisecond'
        FROM ended
        ON CONFLICT DO NOTHING""";

    private static final String DROP = """
        DELETE FROM webhook_delivery d
        WHERE d.id = ANY ($1)
          -- Its endpoint may be enabled again since it was taken: then it comes again when the lease is over.
          AND (NOT EXISTS (SELECT FROM webhook_endpoint w
                           WHERE w.id = d.endpoint_id AND w.deleted_at IS NULL AND w.disabled_at IS NULL)
               OR NOT EXISTS (SELECT FROM event e WHERE e.id = d.event_id))""";

    // Few endpoints change, and many processes may say the same of one: whoever is first does it.
    private static final String MARK_ENDPOINTS = """
        UPDATE webhook_endpoint w
        SET failing_since = CASE WHEN changed.arrived THEN NULL ELSE now() END
        FROM (
          SELECT e.id, asked.arrived
          FROM unnest($1::uuid[], $2::boolean[]) AS asked (id, arrived)
          JOIN webhook_endpoint e ON e.id = asked.id AND asked.arrived = (e.failing_since IS NOT NULL)
          FOR NO KEY UPDATE OF e SKIP LOCKED
        ) changed
        WHERE w.id = changed.id""";

    private static final String DISABLE = """
        WITH disabled AS (
          UPDATE webhook_endpoint w
          SET disabled_at = now(), disabled_reason = asked.reason
          FROM unnest($1::uuid[], $2::text[]) AS asked (id, reason)
          WHERE w.id = asked.id AND w.disabled_at IS NULL AND w.deleted_at IS NULL
            AND (asked.reason = 'gone'
                 OR w.failing_since <= now() - $3::bigint * interval '1 millisecond'
                    -- Time passes also while nobody tries.
                    AND (SELECT count(*) FROM (SELECT FROM webhook_try t
                                               WHERE t.endpoint_id = w.id AND t.tried_at >= w.failing_since
                                               LIMIT $4) tried) >= $4)
          RETURNING w.id, w.account_id, w.disabled_reason, w.failing_since
        ), told AS (
          -- Its own trigger promises it to the other endpoints of the account, and no longer to this one.
          INSERT INTO event (id, account_id, type, occurred_at, data)
          SELECT uuid_v7_now(), d.account_id, 'webhook_endpoint.disabled', now(),
                 jsonb_build_object('endpoint_id', d.id, 'reason', d.disabled_reason, 'failing_since', d.failing_since)
          FROM disabled d
          WHERE EXISTS (SELECT FROM event_listening l WHERE l.account_id = d.account_id AND l.until > now())
        )
        SELECT id FROM disabled""";

    private static final int FAILED_TRIES_MIN = 5;
    private static final long SECONDS_MAX = 20;

    private final Pool pool;

    TryStore(Pool pool) {
        this.pool = pool;
    }

    /** May be repeated. */
    void record(List<Made> made) throws TimeoutException {
        Tuple parameters = Tuple.tuple();
        parameters.addValue(column(made, t -> t.delivery().id(), UUID[]::new));
        parameters.addValue(column(made, t -> (short) t.delivery().tries(), Short[]::new));
        parameters.addValue(column(made, t -> t.delivery().line().accountId(), Long[]::new));
        parameters.addValue(column(made, t -> t.delivery().eventId(), UUID[]::new));
        parameters.addValue(column(made, t -> t.delivery().line().endpointId(), UUID[]::new));
        parameters.addValue(column(made, Made::at, OffsetDateTime[]::new));
        parameters.addValue(column(made, t -> Math.toIntExact(t.took().toMillis()), Integer[]::new));
        parameters.addValue(column(made, t -> statusCode(t.posted()), Short[]::new));
        parameters.addValue(column(made, t -> failure(t.posted()), String[]::new));
        parameters.addValue(column(made, t -> head(t.posted()), String[]::new));
        parameters.addValue(column(made, t -> t.pause().map(Duration::toMillis).orElse(null), Long[]::new));
        parameters.addValue(column(made, t -> t.posted().arrived(), Boolean[]::new));
        parameters.addValue(column(made, Made::messageId, UUID[]::new));
        int _ = changed(RECORD, parameters);
    }

    /** Forgets what has nowhere to go or nothing to tell; answers how many. */
    int drop(List<UUID> deliveries) throws TimeoutException {
        return changed(DROP, Tuple.of(deliveries.toArray(UUID[]::new)));
    }

    /** Whether something has arrived there, by endpoint. */
    void mark(Map<UUID, Boolean> arrived) throws TimeoutException {
        UUID[] endpoints = arrived.keySet().toArray(UUID[]::new);
        Boolean[] values = arrived.values().toArray(Boolean[]::new);
        int _ = changed(MARK_ENDPOINTS, Tuple.from(List.<Object>of(endpoints, values)));
    }

    /** Disables those that are gone, and of those that fail the ones that have for so long; answers which. */
    List<UUID> disable(Collection<UUID> gone, Collection<UUID> failing, Duration failingMax) throws TimeoutException {
        UUID[] endpoints = Stream.concat(gone.stream(), failing.stream()).toArray(UUID[]::new);
        String[] reasons = new String[endpoints.length];
        for (int i = 0; i < endpoints.length; i++) {
            reasons[i] = i < gone.size() ? "gone" : "failing";
        }
        List<UUID> disabled = new ArrayList<>();
        pool.preparedQuery(DISABLE)
                .execute(Tuple.of(endpoints, reasons, failingMax.toMillis(), FAILED_TRIES_MIN))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .forEach(row -> disabled.add(row.getUUID("id")));
        return disabled;
    }

    private int changed(String statement, Tuple parameters) throws TimeoutException {
        return pool.preparedQuery(statement)
                .execute(parameters)
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .rowCount();
    }

    private static <T extends @Nullable Object> T[] column(
            List<Made> made, Function<Made, T> value, IntFunction<T[]> array) {
        return made.stream().map(value).toArray(array);
    }

    private static @Nullable Short statusCode(Posted posted) {
        return posted instanceof Answered answered ? (short) answered.status() : null;
    }

    private static @Nullable String failure(Posted posted) {
        Failure failure = switch (posted) {
            case Answered answered -> answered.flaw();
            case NotAnswered lost -> lost.failure();
        };
        return failure == null ? null : failure.word();
    }

    private static @Nullable String head(Posted posted) {
        return posted instanceof Answered answered ? answered.head() : null;
    }
}
