package io.heliograph.journeys;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The house's tables, seen from outside. */
record Rows(DatabaseUrl url) {
    /** I2: a settled message with a promise, a message on its way without one, or a promise without a message. */
    private static final String VIOLATIONS = """
        SELECT (SELECT count(*)
                FROM message m LEFT JOIN outbox o ON o.message_id = m.id
                WHERE message_is_settled(m.status) = (o.message_id IS NOT NULL))
             + (SELECT count(*)
                FROM outbox o LEFT JOIN message m ON m.id = o.message_id
                WHERE m.id IS NULL)""";

    /** The first column of the first row, as a number. */
    long count(String sql) {
        return Long.parseLong(text(sql));
    }

    /** The first column of the first row. */
    String text(String sql) {
        try (Connection connection = TestDatabase.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String sql) {
        try (Connection connection = TestDatabase.connect(url);
                Statement statement = connection.createStatement()) {
            boolean _ = statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long messages(String status) {
        return count("SELECT count(*) FROM message WHERE status = '" + status + "'");
    }

    long promises() {
        return count("SELECT count(*) FROM outbox");
    }

    long violations() {
        return count(VIOLATIONS);
    }
}
