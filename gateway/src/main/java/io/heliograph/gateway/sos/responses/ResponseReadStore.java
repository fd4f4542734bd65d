package io.heliograph.gateway.sos.responses;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads responses, each with what became of its latest alert. */
final class ResponseReadStore {
    private static final String OF_REQUEST = """
        SELECT r.*, m.status, m.reason FROM sos_response r LEFT JOIN message m ON m.id = r.message_id
        WHERE r.request_id = $2 AND r.account_id = $1 AND r.id > $3
          AND ($4::text IS NULL OR r.donor_id = $4) AND ($5::text IS NULL OR coalesce(r.answer, 'none') = $5)
        ORDER BY r.id LIMIT $6""";

    private static final String OF_DONOR = """
        SELECT r.*, m.status, m.reason FROM sos_response r LEFT JOIN message m ON m.id = r.message_id
        WHERE r.account_id = $1 AND r.donor_id = $2 AND r.id > $3 AND ($4::text IS NULL OR coalesce(r.answer, 'none') = $4)
        ORDER BY r.id LIMIT $5""";

    private static final String FIND = """
        SELECT r.*, m.status, m.reason FROM sos_response r LEFT JOIN message m ON m.id = r.message_id
        WHERE r.id = $1 AND r.account_id = $2""";

    private final Pool pool;

    ResponseReadStore(Pool pool) {
        this.pool = pool;
    }

    Future<List<Row>> list(long accountId, ResponseFilter filter) {
        return filter.request() == null
                ? rows(OF_DONOR, Tuple.of(accountId, filter.donor(), filter.after(), filter.answer(), filter.limit()))
                : rows(
                        OF_REQUEST,
                        Tuple.of(accountId, filter.request(), filter.after())
                                .addString(filter.donor())
                                .addString(filter.answer())
                                .addInteger(filter.limit()));
    }

    Future<@Nullable Row> find(long accountId, UUID id) {
        return rows(FIND, Tuple.of(id, accountId)).map(rows -> rows.isEmpty() ? null : rows.getFirst());
    }

    private Future<List<Row>> rows(String statement, Tuple parameters) {
        Future<RowSet<Row>> rows = pool.preparedQuery(statement).execute(parameters);
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }
}
