package io.heliograph.testing;

import io.heliograph.db.Migrate;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A migrated database of its own for each test, on one PostgreSQL for the test JVM. Each is copied from a template, so
 * that a test pays milliseconds and shares no rows.
 */
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {}

    /** An empty database with the current schema. */
    public static DatabaseUrl fresh() {
        String name = "test_" + COUNT.incrementAndGet();
        Server.execute("CREATE DATABASE " + name + " TEMPLATE heliograph_template");
        return Server.url(name);
    }

    /** An empty database without the schema. */
    public static DatabaseUrl empty() {
        String name = "empty_" + COUNT.incrementAndGet();
        Server.execute("CREATE DATABASE " + name);
        return Server.url(name);
    }

    public static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
    }

    /** Started at first use; stops with the JVM. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        static {
            execute("CREATE DATABASE heliograph_template");
            DatabaseUrl template = url("heliograph_template");
            int _ = Migrate.migrate(template.jdbc(), template.user(), template.password());
        }

        static DatabaseUrl url(String database) {
            return new DatabaseUrl("localhost", POSTGRES.getPort(), "postgres", "postgres", database);
        }

        static void execute(String sql) {
            DatabaseUrl url = url("postgres");
            try (Connection connection = connect(url);
                    Statement statement = connection.createStatement()) {
                boolean _ = statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setPort(FreePorts.next())
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
