package io.heliograph.worker.testing;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages as the gateway and the relay leave them, and a look at the tables as an outsider has it. */
public final class Messages implements AutoCloseable {
    private static final Ids IDS = new Ids();

    private final Connection connection;

    public Messages(DatabaseUrl database) {
        try {
            connection = TestDatabase.connect(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** A queued message whose promise has just been published. */
    public Row queued() {
        return new Row();
    }

    public List<UUID> queued(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(queued().insert());
        }
        return ids;
    }

    public String status(UUID id) {
        return String.valueOf(one("SELECT status FROM message WHERE id = ?", id));
    }

    public @Nullable Object column(UUID id, String column) {
        return one("SELECT " + column + " FROM message WHERE id = ?", id);
    }

    /** Outcomes and codes of all attempts in order, such as {@code 1 accepted null}. */
    public List<String> attempts(UUID id) {
        return list(
                "SELECT n || ' ' || outcome || ' ' || coalesce(code, '-') FROM attempt WHERE message_id = ?"
                        + " ORDER BY n",
                id);
    }

    public @Nullable Object attemptColumn(UUID id, int n, String column) {
        return one("SELECT " + column + " FROM attempt WHERE message_id = ? AND n = ?", id, n);
    }

    public boolean hasPromise(UUID id) {
        return one("SELECT 1 FROM outbox WHERE message_id = ?", id) != null;
    }

    /** Seconds until the promise is due; negative when it is. */
    public double dueInSeconds(UUID id) {
        return number("SELECT date_part('epoch', due_at - clock_timestamp()) FROM outbox WHERE message_id = ?", id);
    }

    /** Unsettled messages without a promise, and promises without an unsettled message. */
    public double violations() {
        return number("""
            SELECT count(*) FROM message m FULL JOIN outbox o ON o.message_id = m.id
            WHERE m.id IS NULL OR message_is_settled(m.status) = (o.message_id IS NOT NULL)""");
    }

    /** As the relay does when the promise comes due again. */
    public void publishAgain(UUID id) {
        execute(
                "UPDATE outbox SET publishes = publishes + 1, due_at = now() + interval '1 minute'"
                        + " WHERE message_id = ?",
                id);
    }

    /** How often a table of messages, attempts or promises was read from end to end. */
    public double fullReads() {
        return reads("seq_scan");
    }

    /** How often one of them was read by an index. */
    public double indexReads() {
        return reads("idx_scan");
    }

    private double reads(String kind) {
        // What this connection did itself is counted now, and not in the middle of what is measured.
        execute("SELECT pg_stat_force_next_flush()");
        return number("SELECT coalesce(sum(" + kind + "), 0) FROM pg_stat_user_tables"
                + " WHERE relname ~ '^(message|attempt|outbox)'");
    }

    /** Moves on what is due of a topic, up to an envelope, and answers it. */
    public List<UUID> takeDue(String topic) {
        return list("""
            UPDATE outbox SET publishes = publishes + 1, due_at = now() + interval '1 minute'
            WHERE message_id IN (SELECT message_id FROM outbox WHERE topic = ? AND due_at <= now()
                                 ORDER BY due_at LIMIT 100)
            RETURNING message_id""", topic).stream().map(UUID::fromString).toList();
    }

    public String text(String sql) {
        return String.valueOf(one(sql));
    }

    public long count(String status) {
        return (long) number("SELECT count(*) FROM message WHERE status = ?", status);
    }

    public synchronized void execute(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = prepared(sql, values)) {
            boolean _ = statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public synchronized @Nullable Object one(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getObject(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public double number(String sql, Object... values) {
        return ((Number) Objects.requireNonNull(one(sql, values))).doubleValue();
    }

    private synchronized List<String> list(String sql, Object... values) {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<String> list = new ArrayList<>();
            while (rows.next()) {
                list.add(rows.getString(1));
            }
            return list;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Says what is special about a message; the rest is ordinary. Values are SQL expressions. */
    public final class Row {
        private final UUID id = IDS.get();
        private final Map<String, String> columns = new LinkedHashMap<>();
        private int publishes = 1;
        private String topic = "twilio";

        private Row() {
            columns.put("status", "'queued'");
            columns.put("account_id", "1");
            columns.put("channel", "'sms'");
            columns.put("lane", "'normal'");
            columns.put("on_unknown", "'fail'");
            columns.put("segments", "1");
            columns.put("encoding", "'gsm7'");
            columns.put("created_at", "now()");
            columns.put("expires_at", "now() + interval '3 days'");
            columns.put("recipient", "'+15005550010'");
            columns.put("body", "'Your table is ready'");
        }

        public Row with(String column, String expression) {
            columns.put(column, expression);
            return this;
        }

        public Row to(String recipient) {
            return with("recipient", "'" + recipient + "'");
        }

        /** Claimed so long ago by a worker that has not been heard of since. */
        public Row claimedBefore(String interval) {
            return with("status", "'sending'")
                    .with("attempt", "1")
                    .with("claimed_at", "now() - interval '" + interval + "'")
                    .with("claim", "gen_random_uuid()")
                    .with("provider", "'twilio'");
        }

        public Row unknownSince(String interval) {
            return claimedBefore(interval)
                    .with("status", "'unknown'")
                    .with("unknown_since", "now() - interval '" + interval + "'");
        }

        /** Promised to another provider than Twilio. */
        public Row topic(String provider) {
            topic = provider;
            return this;
        }

        public Row published(int times) {
            publishes = times;
            return this;
        }

        public UUID insert() {
            execute("INSERT INTO message (id, " + String.join(", ", columns.keySet()) + ") VALUES ('" + id + "', "
                    + String.join(", ", columns.values()) + ")");
            execute(
                    "INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at, publishes)"
                            + " VALUES (?, '" + topic + "', 'normal', 1, now() + interval '1 minute', now(), "
                            + publishes
                            + ")",
                    id);
            return id;
        }
    }
}
