package io.heliograph.gateway.inbound;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * Takes out of a person's message who they are and what they wrote, here and in what its event tells. What it meant stays: that somebody
 * wants no messages is kept with the suppression, which needs the number.
 */
final class InboundEraseStore {
    private static final String ERASE = """
        WITH erased AS (
          UPDATE inbound_message SET erased_at = now(), sender = '', body = '', media = NULL, fields = '{}'
          WHERE id = $1 AND account_id = $2 AND erased_at IS NULL
          RETURNING id, account_id, received_at
        ), told AS (
          UPDATE event e SET data = data - 'media' || '{"from": "", "text": ""}'
          FROM erased i
          -- Stored by the statement that stored the message, which takes no minute; by these bounds it is found without an index.
          WHERE e.id >= uuid_v7_floor(i.received_at - interval '1 minute') AND e.id < uuid_v7_floor(i.received_at + interval '1 minute')
            AND e.account_id = i.account_id AND e.type = 'inbound.received' AND e.data ->> 'id' = i.id::text
        )
        SELECT id FROM erased""";

    private final Pool pool;

    InboundEraseStore(Pool pool) {
        this.pool = pool;
    }

    /** False when the account has none with this id. */
    Future<Boolean> erase(UUID id, long accountId) {
        return pool.preparedQuery(ERASE).execute(Tuple.of(id, accountId)).map(rows -> rows.size() == 1);
    }
}
