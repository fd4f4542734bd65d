package io.heliograph.gateway.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** Whether anybody was ever erased. */
final class ErasedPersonStore {
    private static final String ARE_THERE_ANY = "SELECT EXISTS (SELECT FROM erased_person)";

    private ErasedPersonStore() {}

    static Future<Boolean> areThereAny(Pool pool) {
        return pool.query(ARE_THERE_ANY)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }
}
