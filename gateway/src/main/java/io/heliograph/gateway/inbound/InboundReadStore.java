package io.heliograph.gateway.inbound;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads people's messages for their account. */
final class InboundReadStore {
    private static final String FIND = """
        SELECT * FROM inbound_message WHERE id = $1 AND account_id = $2 AND erased_at IS NULL""";

    // Two statements rather than one: each is planned for the index of its filter.
    private static final String LIST = """
        SELECT * FROM inbound_message
        WHERE account_id = $1 AND id < $2 AND id >= $3 AND erased_at IS NULL
          AND ($4::text IS NULL OR recipient = $4) AND ($5::text IS NULL OR channel = $5) AND ($6::text IS NULL OR word = $6)
        ORDER BY id DESC LIMIT $7""";

    private static final String LIST_BY_PERSON = """
        SELECT * FROM inbound_message
        WHERE account_id = $1 AND sender = $8 AND id < $2 AND id >= $3 AND erased_at IS NULL
          AND ($4::text IS NULL OR recipient = $4) AND ($5::text IS NULL OR channel = $5) AND ($6::text IS NULL OR word = $6)
        ORDER BY id DESC LIMIT $7""";

    private final Pool pool;

    InboundReadStore(Pool pool) {
        this.pool = pool;
    }

    /** Null when the account has none with this id. */
    Future<@Nullable Row> find(UUID id, long accountId) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id, accountId))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    Future<List<Row>> list(long accountId, InboundFilter filter) {
        Tuple parameters = Tuple.of(
                        accountId, filter.before(), filter.from(), filter.number(), filter.channel(), filter.word())
                .addInteger(filter.limit());
        Future<RowSet<Row>> rows = filter.person() == null
                ? pool.preparedQuery(LIST).execute(parameters)
                : pool.preparedQuery(LIST_BY_PERSON).execute(parameters.addString(filter.person()));
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }
}
