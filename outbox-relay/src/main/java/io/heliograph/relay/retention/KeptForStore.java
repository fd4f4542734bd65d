package io.heliograph.relay.retention;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/** Tells the database, and through it gateways and accounts, what this relay's configuration says. */
public final class KeptForStore {
    private static final String PUT = """
        UPDATE retention_default
        SET messages = k[1] * interval '1 second', message_content = k[2] * interval '1 second', callbacks = k[3] * interval '1 second',
            inbound = k[4] * interval '1 second', notifications = k[5] * interval '1 second', events = k[6] * interval '1 second',
            verifications = k[7] * interval '1 second', idempotency = k[8] * interval '1 second',
            appointments = k[9] * interval '1 second'
        FROM (SELECT $1::bigint[] AS k) told""";

    private final Pool pool;

    public KeptForStore(Pool pool) {
        this.pool = pool;
    }

    /** Comes before anything is forgotten. Of relays with different configurations the last that was started is right. */
    public Future<Void> put(KeptFor kept) {
        Long[] seconds = List.of(
                        kept.messages(),
                        kept.messageContent(),
                        kept.callbacks(),
                        kept.inbound(),
                        kept.notifications(),
                        kept.events(),
                        kept.verifications(),
                        kept.idempotency(),
                        kept.appointments())
                .stream()
                .map(Duration::toSeconds)
                .toArray(Long[]::new);
        return pool.preparedQuery(PUT)
                .execute(Tuple.tuple().addArrayOfLong(seconds))
                .mapEmpty();
    }
}
