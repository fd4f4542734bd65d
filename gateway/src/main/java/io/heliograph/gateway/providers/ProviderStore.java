package io.heliograph.gateway.providers;

import io.heliograph.gateway.http.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What workers, relays and receipts have said of each provider lately. */
final class ProviderStore {
    private static final String ALL = """
        WITH report AS (
          SELECT provider, count(*) AS workers, sum(accepted) AS accepted, sum(refused) AS refused, sum(failed) AS failed,
                 sum(latency_ms * (accepted + refused + failed)) / nullif(sum(accepted + refused + failed), 0) AS latency_ms,
                 sum(in_flight) AS in_flight
          FROM provider_report WHERE reported_at > now() - interval '5 seconds'
          GROUP BY provider
        ), receipt AS (
          SELECT provider, sum(delivered) AS delivered, sum(undelivered) AS undelivered
          FROM provider_minute WHERE minute > now() - interval '30 minutes'
          GROUP BY provider
        ), waiting AS (
          SELECT topic, jsonb_object_agg(lane, promises) AS lanes, sum(greatest(0, promises - held)) AS leaving
          FROM backlog WHERE counted_at > now() - interval '5 minutes'
          GROUP BY topic
        ), account AS (
          SELECT a ->> 'name' AS name, a ->> 'kind' AS kind, a -> 'channels' AS channels, a -> 'senders' AS senders
          FROM routing_table, jsonb_array_elements(content -> 'accounts') AS a
        ), unwell AS (
          SELECT u.provider, jsonb_agg(jsonb_build_object(
                   'sender', u.sender, 'state', u.state, 'since', u.changed_at, 'retry_at', u.retry_at)
                   ORDER BY u.sender) AS senders
          FROM sender_state u JOIN account ON account.name = u.provider
          -- Those that the file does not name any more come back to nobody.
          WHERE u.state <> 'up' AND account.senders @> jsonb_build_array(jsonb_build_object('address', u.sender))
          GROUP BY u.provider
        )
        SELECT s.provider, account.kind, account.channels, s.state, s.changed_at, s.retry_at,
               CASE WHEN s.slow_until > now() THEN s.slow_until END AS slow_until,
               r.per_second, r.per_second * share_now(r.share, r.share_at, now()) AS allowed_per_second,
               CASE WHEN r.per_second IS NULL THEN found_now(r.found_per_second, r.found_at, now()) END AS found_per_second,
               CASE WHEN r.paused_until > now() THEN r.paused_until END AS paused_until,
               coalesce(p.workers, 0)::int AS workers, coalesce(p.accepted, 0)::float8 AS accepted,
               coalesce(p.refused, 0)::float8 AS refused, coalesce(p.failed, 0)::float8 AS failed,
               p.latency_ms::float8 AS latency_ms, coalesce(p.in_flight, 0)::int AS in_flight,
               coalesce(unwell.senders, '[]') AS senders,
               coalesce(w.lanes, '{}') AS lanes, coalesce(w.leaving, 0)::bigint AS leaving,
               (c.delivered / nullif(c.delivered + c.undelivered, 0))::float8 AS delivery_rate
        FROM provider_state s
        LEFT JOIN account ON account.name = s.provider
        LEFT JOIN send_rate r ON r.scope = 'provider:' || s.provider
        LEFT JOIN report p USING (provider)
        LEFT JOIN receipt c USING (provider)
        LEFT JOIN waiting w ON w.topic = s.provider
        LEFT JOIN unwell USING (provider)
        -- Where messages wait that nobody carries is no provider.
        WHERE s.provider <> 'none'
        ORDER BY s.provider""";

    private final Pool pool;

    ProviderStore(Pool pool) {
        this.pool = pool;
    }

    Future<JsonArray> all() {
        return pool.preparedQuery(ALL).execute().map(rows -> {
            JsonArray providers = new JsonArray();
            rows.forEach(row -> providers.add(json(row)));
            return providers;
        });
    }

    private static JsonObject json(Row row) {
        double calls = row.getDouble("accepted") + row.getDouble("refused") + row.getDouble("failed");
        return new JsonObject()
                .put("name", row.getString("provider"))
                .put("kind", row.getString("kind"))
                .put("channels", row.getJsonArray("channels"))
                .put("configured", row.getString("kind") != null)
                .put("state", row.getString("state"))
                .put("since", Times.text(row.getOffsetDateTime("changed_at")))
                .put(
                        "retry_at",
                        row.getString("state").equals("up") ? null : Times.text(row.getOffsetDateTime("retry_at")))
                .put("slow_until", Times.text(row.getOffsetDateTime("slow_until")))
                .put("limit_per_second", row.getDouble("per_second"))
                .put("allowed_per_second", row.getDouble("allowed_per_second"))
                .put("found_calls_per_second", row.getDouble("found_per_second"))
                .put("paused_until", Times.text(row.getOffsetDateTime("paused_until")))
                .put("workers", row.getInteger("workers"))
                .put("sent_per_second", row.getDouble("accepted"))
                .put("error_rate", calls == 0 ? null : row.getDouble("failed") / calls)
                .put("latency_ms", row.getDouble("latency_ms"))
                .put("in_flight", row.getInteger("in_flight"))
                .put("delivery_rate", row.getDouble("delivery_rate"))
                .put("senders", senders(row.getJsonArray("senders")))
                .put("queue", row.getJsonObject("lanes"))
                .put("estimated_drain_seconds", drain(row));
    }

    private static JsonArray senders(JsonArray unwell) {
        unwell.stream().map(JsonObject.class::cast).forEach(sender -> {
            sender.put("since", Times.text(OffsetDateTime.parse(sender.getString("since"))));
            sender.put("retry_at", Times.text(OffsetDateTime.parse(sender.getString("retry_at"))));
        });
        return unwell;
    }

    /**
     * Of what no account's own limit holds back, at what it may be given, or where there is no limit at what it is given; null when
     * nobody can say, as while it is down.
     */
    private static @Nullable Double drain(Row row) {
        Double allowed = row.getDouble("allowed_per_second");
        double rate = allowed == null ? row.getDouble("accepted") : allowed;
        boolean isDown = !row.getString("state").equals("up");
        long leaving = row.getLong("leaving");
        return leaving == 0 ? Double.valueOf(0) : isDown || rate <= 0 ? null : Double.valueOf(leaving / rate);
    }
}
