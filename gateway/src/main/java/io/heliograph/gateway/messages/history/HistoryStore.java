package io.heliograph.gateway.messages.history;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Finds what a user was sent and what they wrote, along the indexes of user, recipient and person. */
final class HistoryStore {
    /** Where a user is written to. */
    record Addresses(@Nullable String phone, List<String> all) {}

    private static final String ADDRESSES = """
        SELECT phone, email FROM app_user WHERE account_id = $1 AND id = $2""";

    private static final String TOLD = """
        SELECT id FROM message
        WHERE account_id = $1 AND user_id = $2 AND id < $3 AND id >= $4 AND deleted_at IS NULL
          AND ($5::text IS NULL OR channel = $5) AND ($6::text IS NULL OR status = $6)
          AND ($7::text IS NULL OR notification_type = $7)
        ORDER BY id DESC LIMIT $8""";

    // What another user of the same number was told is theirs.
    private static final String SENT = """
        SELECT id FROM message
        WHERE account_id = $1 AND recipient = $2 AND id < $3 AND id >= $4 AND deleted_at IS NULL AND user_id IS NULL
          AND ($5::text IS NULL OR channel = $5) AND ($6::text IS NULL OR status = $6)
          AND ($7::text IS NULL OR notification_type = $7)
        ORDER BY id DESC LIMIT $8""";

    private static final String WRITTEN = """
        SELECT * FROM inbound_message
        WHERE account_id = $1 AND sender = $2 AND id < $3 AND id >= $4 AND erased_at IS NULL
          AND ($5::text IS NULL OR channel = $5)
        ORDER BY id DESC LIMIT $6""";

    private final Pool pool;

    HistoryStore(Pool pool) {
        this.pool = pool;
    }

    /** Null when there is no such user. */
    Future<@Nullable Addresses> addresses(long accountId, String userId) {
        return pool.preparedQuery(ADDRESSES)
                .execute(Tuple.of(accountId, userId))
                .map(rows -> rows.size() == 0 ? null : addresses(rows.iterator().next()));
    }

    private static Addresses addresses(Row row) {
        return new Addresses(
                row.getString("phone"),
                Stream.of("phone", "email")
                        .map(row::getString)
                        .filter(address -> address != null)
                        .toList());
    }

    /** Ids of what notifications told the user. */
    Future<List<UUID>> told(long accountId, String userId, HistoryFilter filter) {
        return ids(TOLD, outbound(accountId, userId, filter));
    }

    /** Ids of what else was sent to an address. */
    Future<List<UUID>> sent(long accountId, String address, HistoryFilter filter) {
        return ids(SENT, outbound(accountId, address, filter));
    }

    Future<List<Row>> written(long accountId, String phone, HistoryFilter filter) {
        Future<RowSet<Row>> rows = pool.preparedQuery(WRITTEN)
                .execute(Tuple.of(accountId, phone, filter.before(), filter.from(), filter.channel(), filter.limit()));
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }

    private Future<List<UUID>> ids(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .toList());
    }

    private static Tuple outbound(long accountId, String whose, HistoryFilter filter) {
        return Tuple.of(accountId, whose, filter.before(), filter.from(), filter.channel(), filter.status())
                .addString(filter.type())
                .addInteger(filter.limit());
    }
}
