package io.heliograph.relay;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.contract.MessageStatus;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Messages and promises in a database, put there and looked at from outside. */
public final class TestOutbox implements AutoCloseable {
    private static final Duration NOW = Duration.ZERO;

    private final DatabaseUrl url;
    private final Connection connection;
    private final Ids ids = new Ids();

    /** A database of its own. */
    public TestOutbox() throws SQLException {
        this(TestDatabase.fresh());
    }

    public TestOutbox(DatabaseUrl url) throws SQLException {
        this.url = url;
        this.connection = TestDatabase.connect(url);
        // As workers do that serve them.
        execute("INSERT INTO provider_state (provider) VALUES ('sms'), ('whatsapp') ON CONFLICT DO NOTHING");
    }

    public DatabaseUrl url() {
        return url;
    }

    /** A queued message whose promise is due. */
    public UUID due(Lane lane) throws SQLException {
        return promised(lane, MessageStatus.QUEUED, NOW);
    }

    public List<UUID> due(Lane lane, int count) throws SQLException {
        List<UUID> made = IntStream.range(0, count).mapToObj(_ -> ids.get()).toList();
        Array array = connection.createArrayOf("uuid", made.toArray());
        execute("""
                WITH new AS (SELECT unnest(?::uuid[]) AS id), messages AS (
                  INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at,
                                       expires_at, recipient, body)
                  SELECT id, 1, 'queued', 'sms', ?, 'fail', 1, 'gsm7', now(), now() + interval '1 day', '+15005550006',
                         'Hello'
                  FROM new)
                INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)
                SELECT id, 'sms', ?, 1, now(), now() FROM new""", array, lane.word(), lane.word());
        return made;
    }

    /** Due after that time, or before now when it is negative. */
    public UUID dueIn(Duration dueIn) throws SQLException {
        return promised(Lane.NORMAL, MessageStatus.QUEUED, dueIn);
    }

    /** Waits for its time, which is after that time, or has come when it is negative. */
    public UUID scheduled(Duration dueIn) throws SQLException {
        return promised(Lane.NORMAL, MessageStatus.SCHEDULED, dueIn);
    }

    public UUID messageWithoutPromise(MessageStatus status) throws SQLException {
        UUID id = ids.get();
        message(id, Lane.NORMAL, status);
        return id;
    }

    public UUID promiseWithoutMessage() throws SQLException {
        UUID id = ids.get();
        promise(id, Lane.NORMAL, NOW, false);
        return id;
    }

    public UUID promiseOf(MessageStatus status) throws SQLException {
        return promised(Lane.NORMAL, status, NOW);
    }

    public String statusOf(UUID id) throws SQLException {
        return text("SELECT status FROM message WHERE id = ?", id);
    }

    public int publishesOf(UUID id) throws SQLException {
        return Integer.parseInt(text("SELECT publishes FROM outbox WHERE message_id = ?", id));
    }

    /** Rounded to seconds; 0 or less when it is due. */
    public long secondsUntilDue(UUID id) throws SQLException {
        return Long.parseLong(
                text("SELECT round(extract(epoch FROM due_at - now())) FROM outbox WHERE message_id = ?", id));
    }

    public long count(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            boolean _ = rows.next();
            return rows.getLong(1);
        }
    }

    public void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            boolean _ = statement.execute();
        }
    }

    /** Another session, for holding locks and snapshots. */
    public Connection connect() throws SQLException {
        return TestDatabase.connect(url);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private UUID promised(Lane lane, MessageStatus status, Duration dueIn) throws SQLException {
        UUID id = ids.get();
        message(id, lane, status);
        promise(id, lane, dueIn, status == MessageStatus.SCHEDULED);
        return id;
    }

    private void message(UUID id, Lane lane, MessageStatus status) throws SQLException {
        execute("""
                INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at,
                                     send_at, expires_at, settled_at, recipient, body)
                VALUES (?, 1, ?, 'sms', ?, 'fail', 1, 'gsm7', now(), now(), now() + interval '1 day',
                        CASE WHEN message_is_settled(?) THEN now() END, '+15005550006', 'Hello')""", id, status.word(), lane.word(), status.word());
    }

    private void promise(UUID id, Lane lane, Duration dueIn, boolean scheduled) throws SQLException {
        execute("""
                INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at, scheduled)
                VALUES (?, ?, ?, 1, clock_timestamp() + ? * interval '1 ms', now(), ?)""", id, Channel.SMS.word(), lane.word(), dueIn.toMillis(), scheduled);
    }

    private String text(String sql, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                boolean _ = rows.next();
                return rows.getString(1);
            }
        }
    }
}
