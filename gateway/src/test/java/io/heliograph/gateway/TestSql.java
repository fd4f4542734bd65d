package io.heliograph.gateway;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Looks at a database, and puts into it, what no API shows or takes. */
final class TestSql implements AutoCloseable {
    private final DatabaseUrl url;
    private @Nullable Connection connection;

    TestSql(DatabaseUrl url) {
        this.url = url;
    }

    DatabaseUrl url() {
        return url;
    }

    /** The first column of the first row. */
    long count(String sql) {
        return Long.parseLong(text(sql));
    }

    /** The first column of the first row. */
    synchronized String text(String sql) {
        try (Statement statement = open().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            boolean found = rows.next();
            return found ? String.valueOf(rows.getString(1)) : "(no row)";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized void execute(String sql) {
        try (Statement statement = open().createStatement()) {
            boolean _ = statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The status of a message, and "promised" or "settled" by whether it has a promise. */
    String state(String messageId) {
        return text("SELECT m.status || CASE WHEN o.message_id IS NULL THEN ' settled' ELSE ' promised' END"
                + " FROM message m LEFT JOIN outbox o ON o.message_id = m.id WHERE m.id = '" + messageId + "'");
    }

    /** Kept open, because opening one costs more than most of what is asked. */
    private Connection open() throws SQLException {
        if (connection == null || connection.isClosed() || !connection.isValid(2)) {
            connection = TestDatabase.connect(url);
        }
        return connection;
    }

    @Override
    public synchronized void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
