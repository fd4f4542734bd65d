package io.heliograph.runtime;

import io.heliograph.contract.SchemaVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Opens pools, and refuses a schema that is older than this code. */
public final class Database {
    private static final String SCHEMA_VERSION = """
        SELECT coalesce(max(version::int), 0) AS version FROM flyway_schema_history WHERE success""";

    private static final String UNDEFINED_TABLE = "42P01";
    /** No such role or not for it, a wrong password, no such database, no right to read. */
    private static final Set<String> LOGIN_REFUSED = Set.of("28000", "28P01", "3D000", "42501");

    private static final int MILLIS_PER_SECOND = 1_000;
    /** A database that is up accepts a connection in milliseconds; one that takes seconds is away. */
    private static final int CONNECT_MILLIS_MAX = 3_000;
    /** Whoever waits for a free connection longer than this is better off with an answer. */
    private static final int WAIT_SECONDS_MAX = 5;
    /** For the answer to travel, and for a pause of the server's host. */
    private static final int SILENCE_BEYOND_STATEMENT_SECONDS_MAX = 10;
    /** A statement takes milliseconds: this many are served within the wait above. */
    private static final int WAITING_PER_CONNECTION_MAX = 64;

    private Database() {}

    /** A pool for statements that may take as long as most do, see {@link DatabaseUrl#STATEMENT_MAX}. */
    public static Pool pool(Vertx vertx, DatabaseUrl url, String applicationName, int connectionsMax) {
        return pool(vertx, url.connectOptions(applicationName), connectionsMax);
    }

    /**
     * A pool in which nothing waits for ever. A full waiting line refuses at once; a connection that the database does not
     * answer on is given up soon after the server's own limit on statements, so that a host that has vanished, or a
     * server that is frozen, cannot keep its place.
     */
    public static Pool pool(Vertx vertx, PgConnectOptions options, int connectionsMax) {
        int statementSecondsMax =
                Integer.parseInt(options.getProperties().get(DatabaseUrl.STATEMENT_TIMEOUT)) / MILLIS_PER_SECOND;
        return PgBuilder.pool()
                .using(vertx)
                .connectingTo(options)
                .with(new PoolOptions()
                        .setMaxSize(connectionsMax)
                        .setMaxWaitQueueSize(connectionsMax * WAITING_PER_CONNECTION_MAX)
                        .setConnectionTimeout(WAIT_SECONDS_MAX)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                        // Idle connections leave by this door, in order, long before the silence below cuts them off.
                        .setIdleTimeout(statementSecondsMax)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setPoolCleanerPeriod(MILLIS_PER_SECOND))
                .with(new NetClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS_MAX)
                        .setTcpKeepAlive(true)
                        // A statement that takes its whole time is silent for that long, and no longer.
                        .setReadIdleTimeout(statementSecondsMax + SILENCE_BEYOND_STATEMENT_SECONDS_MAX))
                .build();
    }

    public static Future<Void> close(List<Pool> pools) {
        return Future.join(pools.stream().map(Pool::close).toList()).mapEmpty();
    }

    /** Fails with a word on what to do when the schema is missing or too old. A newer one is fine: migrations only add. */
    public static Future<Void> requireSchema(Pool pool) {
        return pool.query(SCHEMA_VERSION)
                .execute()
                .map(rows -> rows.iterator().next().getInteger("version"))
                .recover(Database::versionAfter)
                .compose(version -> version >= SchemaVersion.REQUIRED
                        ? Future.succeededFuture()
                        : Future.failedFuture(new SchemaTooOldException(version)));
    }

    private static Future<Integer> versionAfter(Throwable failure) {
        String state = failure instanceof PgException pg ? String.valueOf(pg.getSqlState()) : "";
        if (state.equals(UNDEFINED_TABLE)) {
            return Future.succeededFuture(0);
        }
        return Future.failedFuture(LOGIN_REFUSED.contains(state) ? new LoginRefusedException(failure) : failure);
    }

    /** The database is there and does not let this program in, which no migration changes. */
    public static final class LoginRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LoginRefusedException(Throwable cause) {
            super("The database refuses the login: " + cause.getMessage() + ". Check HELIOGRAPH_DATABASE_URL", cause);
        }
    }

    /** The schema has to be migrated first. */
    public static final class SchemaTooOldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SchemaTooOldException(int version) {
            super((version == 0
                            ? "The database has no Heliograph schema"
                            : "The database schema is at version " + version)
                    + "; this program needs version " + SchemaVersion.REQUIRED + ". Run: ./heliograph migrate");
        }
    }
}
