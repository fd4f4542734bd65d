package io.heliograph.relay.publish;

import io.heliograph.contract.Pacing;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads what the fleet shares about its providers. */
final class TopicStore {
    private static final String TOPICS = """
        SELECT s.provider, r.per_second * share_now(r.share, r.share_at, now()) AS per_second
        FROM provider_state s LEFT JOIN send_rate r ON r.scope = 'provider:' || s.provider""";

    private static final long SECONDS_MAX = 20;

    private final Pool pool;

    TopicStore(Pool pool) {
        this.pool = pool;
    }

    Map<String, Pacing> read() throws TimeoutException {
        Map<String, Pacing> read = new HashMap<>();
        for (Row row : pool.preparedQuery(TOPICS).execute().await(SECONDS_MAX, TimeUnit.SECONDS)) {
            Double perSecond = row.getDouble("per_second");
            read.put(row.getString("provider"), perSecond == null ? Pacing.UNLIMITED : new Pacing(perSecond));
        }
        return read;
    }
}
