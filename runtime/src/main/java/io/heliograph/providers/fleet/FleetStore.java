package io.heliograph.providers.fleet;

import io.heliograph.contract.Lane;
import io.heliograph.providers.OlderFileException;
import io.heliograph.providers.routing.ProviderCondition;
import io.heliograph.providers.routing.RoutingTable;
import io.heliograph.providers.routing.RoutingTableJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes in force, and how each provider is doing. */
public final class FleetStore {
    // Before anything else of a file is put in force: from then on no older one can be.
    private static final String RAISE_VERSION = """
        INSERT INTO routing_table AS t (content, version) VALUES ($1, $2)
        ON CONFLICT (is_the_only_row) DO UPDATE SET version = excluded.version
        WHERE t.version <= excluded.version""";

    private static final String VERSION = "SELECT version FROM routing_table";

    private static final String PUBLISH = """
        INSERT INTO routing_table AS t (content, version) VALUES ($1, $2)
        ON CONFLICT (is_the_only_row) DO UPDATE SET content = excluded.content, loaded_at = now()
        WHERE t.content IS DISTINCT FROM excluded.content AND t.version <= excluded.version""";

    private static final String TABLE = "SELECT content FROM routing_table";

    private static final String CONDITIONS = """
        SELECT s.provider, s.state, s.times_down,
               date_part('epoch', now() - s.changed_at) AS seconds,
               date_part('epoch', now() - s.slow_until) AS seconds_not_slow,
               coalesce(m.delivered, 0) AS delivered, coalesce(m.undelivered, 0) AS undelivered,
               -- One that rests for long is as good as down.
               coalesce(r.paused_until > now() + interval '10 seconds', false) AS rests
        FROM provider_state s
        LEFT JOIN send_rate r ON r.scope = 'provider:' || s.provider
        LEFT JOIN (
          SELECT provider, sum(delivered)::bigint AS delivered, sum(undelivered)::bigint AS undelivered
          FROM provider_minute WHERE minute > now() - interval '30 minutes'
          GROUP BY provider
        ) m USING (provider)""";

    // A count that nobody has renewed for long says nothing.
    private static final String LOADS = """
        SELECT s.provider, r.per_second * share_now(r.share, r.share_at, now()) AS per_second,
               -- Of a pause that never was, minus infinity: PostgreSQL before 17 subtracts nothing from it.
               greatest(CASE WHEN r.paused_until > now() THEN date_part('epoch', r.paused_until - now()) END,
                        CASE WHEN s.state = 'down' THEN date_part('epoch', s.retry_at - now()) END, 0) AS paused_seconds,
               coalesce((SELECT sum(p.accepted) FROM provider_report p
                         WHERE p.provider = s.provider AND p.reported_at > now() - interval '5 seconds'), 0) AS sent,
               coalesce((SELECT jsonb_object_agg(b.lane, greatest(0, b.promises - b.held)) FROM backlog b
                         WHERE b.topic = s.provider AND b.counted_at > now() - interval '5 minutes'), '{}') AS waiting
        FROM provider_state s LEFT JOIN send_rate r ON r.scope = 'provider:' || s.provider""";

    private final Pool pool;

    public FleetStore(Pool pool) {
        this.pool = pool;
    }

    /** Lets nothing of an older version be put in force any more. Fails with {@link OlderFileException} when this is one. */
    public Future<Void> raiseVersion(int version) {
        return pool.preparedQuery(RAISE_VERSION)
                .execute(Tuple.of(RoutingTableJson.write(RoutingTable.EMPTY), version))
                .compose(raised -> raised.rowCount() == 1 ? Future.succeededFuture() : older(version));
    }

    private Future<Void> older(int version) {
        return pool.preparedQuery(VERSION)
                .execute()
                .compose(rows -> Future.failedFuture(
                        new OlderFileException(version, rows.iterator().next().getInteger("version"))));
    }

    /** Puts these routes in force for everybody, unless there are newer ones by now. */
    public Future<Void> publish(RoutingTable table, int version) {
        return pool.preparedQuery(PUBLISH)
                .execute(Tuple.of(RoutingTableJson.write(table), version))
                .mapEmpty();
    }

    /** Empty routes when no worker has ever published any. */
    public Future<FleetView> read() {
        return pool.preparedQuery(TABLE)
                .execute()
                .compose(table -> pool.preparedQuery(CONDITIONS)
                        .execute()
                        .compose(conditions -> pool.preparedQuery(LOADS)
                                .execute()
                                .map(loads -> new FleetView(table(table), conditions(conditions), loads(loads)))));
    }

    private static Map<String, ProviderLoad> loads(RowSet<Row> rows) {
        Map<String, ProviderLoad> loads = new HashMap<>();
        for (Row row : rows) {
            Map<Lane, Long> waiting = new EnumMap<>(Lane.class);
            row.getJsonObject("waiting")
                    .forEach(line -> waiting.put(Lane.of(line.getKey()), ((Number) line.getValue()).longValue()));
            Double paused = row.getDouble("paused_seconds");
            loads.put(
                    row.getString("provider"),
                    new ProviderLoad(
                            row.getDouble("per_second"),
                            row.getDouble("sent"),
                            Duration.ofMillis(paused == null ? 0 : (long) (paused * 1_000)),
                            waiting));
        }
        return loads;
    }

    private static RoutingTable table(RowSet<Row> rows) {
        return rows.size() == 0
                ? RoutingTable.EMPTY
                : RoutingTableJson.read((JsonObject) rows.iterator().next().getValue("content"));
    }

    private static Map<String, ProviderCondition> conditions(RowSet<Row> rows) {
        Map<String, ProviderCondition> conditions = new HashMap<>();
        for (Row row : rows) {
            Double secondsNotSlow = row.getDouble("seconds_not_slow");
            conditions.put(
                    row.getString("provider"),
                    new ProviderCondition(
                            share(row, secondsNotSlow),
                            Recovery.deliveryRate(row.getLong("delivered"), row.getLong("undelivered")),
                            secondsNotSlow != null && secondsNotSlow < 0));
        }
        return conditions;
    }

    /** One that was slow comes back as one does that was down; while it is slow others come first anyway. */
    private static double share(Row row, @Nullable Double secondsNotSlow) {
        boolean up = row.getString("state").equals("up") && !row.getBoolean("rests");
        if (!up) {
            return 0;
        }
        double sinceDown = Recovery.share(row.getInteger("times_down") > 0, row.getDouble("seconds"));
        return secondsNotSlow == null || secondsNotSlow < 0
                ? sinceDown
                : Math.min(sinceDown, Recovery.share(true, secondsNotSlow));
    }
}
