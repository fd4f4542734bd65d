package io.heliograph.webhooks;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Endpoints and events in a database of its own, put there and looked at from outside. */
final class TestWebhooks implements AutoCloseable {
    static final byte[] SECRET = "a secret of twenty-four.".getBytes(StandardCharsets.US_ASCII);

    private final DatabaseUrl url = TestDatabase.fresh();
    private final Ids ids = new Ids();
    private final Connection connection;

    TestWebhooks() throws SQLException {
        connection = TestDatabase.connect(url);
        execute("INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'acme')");
        execute("INSERT INTO event_listening VALUES (1, 'infinity')");
    }

    DatabaseUrl url() {
        return url;
    }

    /** An endpoint that wants everything. */
    UUID endpoint(String address) throws SQLException {
        UUID id = ids.get();
        execute("INSERT INTO webhook_endpoint (id, account_id, url, secret) VALUES (?, 1, ?, ?)", id, address, SECRET);
        return id;
    }

    /** So many events that are promised to every endpoint there is. */
    void events(int count) throws SQLException {
        execute(
                "INSERT INTO event (id, account_id, type, occurred_at, data) SELECT uuid_v7_now(), 1, 'consent.changed',"
                        + " now(), '{\"n\": 1}' FROM generate_series(1, ?)",
                count);
    }

    /** An event that is promised to this endpoint alone. */
    void eventsFor(UUID endpoint, int count) throws SQLException {
        execute("UPDATE webhook_endpoint SET event_types = '{only.this}' WHERE id <> ?", endpoint);
        events(count);
        execute("UPDATE webhook_endpoint SET event_types = NULL WHERE id <> ?", endpoint);
    }

    UUID message(@Nullable String statusCallback) throws SQLException {
        UUID id = ids.get();
        execute("""
                INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at, expires_at,
                                     recipient, sender, body, reference, metadata, status_callback)
                VALUES (?, 1, 'queued', 'sms', 'normal', 'fail', 1, 'gsm7', '2026-11-20T10:00:00Z', now() + interval '1 day',
                        '+15005550010', '+15005550006', 'Hello', '4711', '{"shop": "12"}', ?)""", id, statusCallback);
        return id;
    }

    /** So many messages of an account that have left, and whose status callback is this: each has one delivery. */
    void callbacks(int account, String url, int count) throws SQLException {
        execute(
                "INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (?, 'other') ON CONFLICT DO NOTHING",
                account);
        execute("""
                INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at, expires_at,
                                     recipient, sender, body, settled_at, status_callback)
                SELECT uuid_v7_now(), ?, 'sent', 'sms', 'normal', 'fail', 1, 'gsm7', now(), now() + interval '1 day',
                       '+15005550010', '+15005550006', 'Hello', now(), ?
                FROM generate_series(1, ?)""", account, url, count);
    }

    void move(UUID message, String status, @Nullable String reason) throws SQLException {
        execute(
                "UPDATE message SET status = ?, reason = ?, attempt = 1, provider = 'twilio', settled_at ="
                        + " CASE WHEN message_is_settled(?) THEN now() END WHERE id = ?",
                status,
                reason,
                status,
                message);
    }

    /** Status, failure, and whether it is tried again. */
    String firstTry() throws SQLException {
        return text("""
                SELECT coalesce(t.status_code::text, 'none') || ' ' || coalesce(t.failure, 'none') || ' '
                       || CASE WHEN t.next_at IS NULL AND d.id IS NULL THEN 'done'
                               WHEN t.next_at > now() AND d.due_at = t.next_at THEN 'again'
                               ELSE 'inconsistent' END
                FROM webhook_try t LEFT JOIN webhook_delivery d ON d.id = t.delivery_id
                WHERE t.n = 1""");
    }

    long count(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    String text(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "(no row)";
        }
    }

    void execute(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            boolean _ = statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
