package io.heliograph.gateway.events;

import io.heliograph.events.EventPosition;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** For whom events are stored, and until when. */
final class ListeningStore {
    private static final String LISTEN = """
        SELECT listen_to_events($1, now() + interval '1 day')::text AS since""";

    private static final String LISTEN_ON = """
        SELECT count(listen_to_events(account_id, now() + interval '1 day'))
        FROM (SELECT account_id FROM unnest($1::bigint[]) AS open(account_id) ORDER BY account_id) o""";

    private final Pool pool;

    ListeningStore(Pool pool) {
        this.pool = pool;
    }

    Future<EventPosition> listen(long accountId) {
        return pool.preparedQuery(LISTEN)
                .execute(Tuple.of(accountId))
                .map(rows -> EventPosition.before(
                        Long.parseLong(rows.iterator().next().getString("since"))));
    }

    Future<Void> listenOn(List<Long> accountIds) {
        return pool.preparedQuery(LISTEN_ON)
                .execute(Tuple.tuple().addArrayOfLong(accountIds.toArray(Long[]::new)))
                .mapEmpty();
    }
}
