package io.heliograph.worker.limits;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;

/** Makes providers known to the fleet: the relay publishes for those, and for no others. */
public final class ProviderStore {
    private static final String MAKE_KNOWN = """
        INSERT INTO provider_state (provider) SELECT unnest($1::text[]) ORDER BY 1
        ON CONFLICT (provider) DO NOTHING""";

    private final Pool pool;

    public ProviderStore(Pool pool) {
        this.pool = pool;
    }

    public Future<Void> makeKnown(Collection<String> providers) {
        return pool.preparedQuery(MAKE_KNOWN)
                .execute(Tuple.of((Object) providers.toArray(String[]::new)))
                .mapEmpty();
    }
}
