package io.heliograph.gateway.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;

/** Sends its first statement to one database and the others to another, where nobody listens. */
final class GoneAfterFirst implements SqlClient {
    private final SqlClient gone;
    private SqlClient next;

    GoneAfterFirst(SqlClient there, SqlClient gone) {
        this.next = there;
        this.gone = gone;
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return next().query(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return next().preparedQuery(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return next().preparedQuery(sql, options);
    }

    @Override
    public Future<Void> close() {
        return gone.close();
    }

    private SqlClient next() {
        SqlClient current = next;
        next = gone;
        return current;
    }
}
