package io.heliograph.gateway.callbacks;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Sums of receipts by the minute; those of yesterday are of no use any more. */
final class DeliveryRateStore {
    private static final String ADD = """
        WITH old AS (
          DELETE FROM provider_minute WHERE provider = $1 AND minute < now() - interval '1 day'
        )
        INSERT INTO provider_minute AS p (provider, minute, delivered, undelivered)
        VALUES ($1, date_trunc('minute', now()), $2, $3)
        ON CONFLICT (provider, minute) DO UPDATE
        SET delivered = p.delivered + excluded.delivered, undelivered = p.undelivered + excluded.undelivered""";

    private final Pool pool;

    DeliveryRateStore(Pool pool) {
        this.pool = pool;
    }

    Future<Void> add(String provider, long delivered, long undelivered) {
        return pool.preparedQuery(ADD)
                .execute(Tuple.of(provider, delivered, undelivered))
                .mapEmpty();
    }
}
