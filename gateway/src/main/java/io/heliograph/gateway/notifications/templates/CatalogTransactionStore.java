package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.CatalogStore;
import io.heliograph.gateway.notifications.catalog.OwnCatalog;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Changes what an account has of its own: one change at a time, checked against all the rest, in force here when it is answered. */
final class CatalogTransactionStore {
    private static final String LOCK = """
        INSERT INTO catalog_version (account_id, version) VALUES ($1, 1)
        ON CONFLICT (account_id) DO UPDATE SET version = catalog_version.version + 1""";

    private final Pool pool;
    private final Catalog catalog;

    CatalogTransactionStore(Pool pool, Catalog catalog) {
        this.pool = pool;
        this.catalog = catalog;
    }

    SqlClient reading() {
        return pool;
    }

    /** As it is stored at the moment. */
    Future<OwnCatalog> read(long account) {
        return CatalogStore.read(pool, account, catalog.shipped()).map(CatalogStore.Read::catalog);
    }

    /** What the change fails with undoes all of it. */
    <T> Future<T> change(long account, BiFunction<SqlClient, OwnCatalog, Future<T>> change) {
        return pool.withTransaction(transaction -> transaction
                        .preparedQuery(LOCK)
                        .execute(Tuple.of(account))
                        .compose(locked -> CatalogStore.read(transaction, account, catalog.shipped()))
                        .compose(read -> change.apply(transaction, read.catalog())))
                .compose(done -> catalog.changed(account).map(done))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
