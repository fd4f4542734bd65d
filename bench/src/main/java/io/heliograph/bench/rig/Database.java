package io.heliograph.bench.rig;

import io.heliograph.runtime.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Looks at the database from outside, and empties it between two measurements. */
public record Database(DatabaseUrl url) {
    private static final long ROW_POLL_NANOS = 1_000_000;

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            boolean _ = statement.execute(sql);
        }
    }

    public long number(String sql) throws SQLException {
        return Long.parseLong(rows(sql).getFirst().getFirst());
    }

    /** Each row as texts; null as an empty one. */
    public List<List<String>> rows(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    String text = found.getString(i);
                    row.add(text == null ? "" : text);
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The moment at which the query has a row for the first time, to a millisecond or two. Fails after the time. */
    public Instant awaitRow(String sql, Duration max) throws SQLException {
        long deadline = System.nanoTime() + max.toNanos();
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            while (System.nanoTime() < deadline) {
                try (ResultSet found = statement.executeQuery()) {
                    if (found.next()) {
                        return Instant.now();
                    }
                }
                LockSupport.parkNanos(ROW_POLL_NANOS);
            }
        }
        throw new SQLException("No row within " + max.toSeconds() + " s");
    }

    /** No messages, and nothing left to write out: each measurement starts like the first. */
    public void reset() throws SQLException {
        execute("TRUNCATE message, outbox, idempotency, attempt, callback, event, event_listening, webhook_endpoint,"
                + " webhook_delivery, webhook_try, notification, inbox_item, verification, verification_count, verification_alarm,"
                + " campaign, campaign_audience, campaign_recipient, campaign_broken_row, campaign_chunk, campaign_skip, campaign_count,"
                + " appointment, appointment_history, appointment_notice, appointment_reminder, doctor, clinic");
        execute("CHECKPOINT");
    }

    /** What workers have told each other about providers, for whoever comes with another file. */
    public void forgetProviders() throws SQLException {
        execute(
                "TRUNCATE routing_table, send_rate, provider_state, sender_state, provider_report, provider_minute, backlog");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
    }
}
