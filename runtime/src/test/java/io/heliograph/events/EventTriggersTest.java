package io.heliograph.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Ids;
import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database tells of messages by itself, and whom it promises it to. */
class EventTriggersTest {
    private final Ids ids = new Ids();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = TestDatabase.connect(TestDatabase.fresh());
        execute("INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'acme')");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void tells_an_account_that_listens_what_becomes_of_a_message_in_its_order() throws SQLException {
        listen("infinity");

        UUID message = accept("queued");
        move(message, "sending");
        execute("UPDATE message SET provider = 'twilio', attempt = 1 WHERE id = ?", message);
        move(message, "sent");
        move(message, "delivered");

        assertThat(told(message)).containsExactly("message.accepted", "message.sent", "message.delivered");
        assertThat(list("SELECT provider || ' ' || attempt FROM event WHERE type = 'message.sent'"))
                .containsExactly("twilio 1");
    }

    @Test
    void stores_nothing_for_an_account_that_nobody_listens_for() throws SQLException {
        listen("yesterday");

        UUID message = accept("queued");
        move(message, "sent");

        assertThat(told(message)).isEmpty();
        assertThat(list("SELECT id::text FROM webhook_delivery")).isEmpty();
    }

    @Test
    void tells_nothing_of_a_message_that_was_deleted() throws SQLException {
        listen("infinity");
        UUID message = accept("queued");
        move(message, "sent");

        execute("UPDATE message SET deleted_at = now(), recipient = '' WHERE id = ?", message);
        move(message, "delivered");

        assertThat(told(message)).containsExactly("message.accepted", "message.sent");
    }

    @Test
    void tells_each_move_of_one_transaction_and_none_where_the_status_stays() throws SQLException {
        listen("infinity");
        UUID message = accept("queued");

        connection.setAutoCommit(false);
        move(message, "unknown");
        execute("UPDATE message SET segments = 2, claimed_at = now() WHERE id = ?", message);
        move(message, "sent");
        connection.commit();

        assertThat(told(message)).containsExactly("message.accepted", "message.unknown", "message.sent");
    }

    @Test
    void tells_of_each_message_that_one_statement_moves() throws SQLException {
        listen("infinity");
        UUID first = accept("queued");
        UUID second = accept("queued");
        UUID stays = accept("sending");

        execute("UPDATE message SET status = CASE status WHEN 'queued' THEN 'sent' ELSE status END, settled_at ="
                + " CASE status WHEN 'queued' THEN now() END");

        assertThat(told(first)).containsExactly("message.accepted", "message.sent");
        assertThat(told(second)).containsExactly("message.accepted", "message.sent");
        assertThat(told(stays)).containsExactly("message.accepted");
    }

    @Test
    void tells_of_a_message_that_is_refused_at_once_that_it_is_accepted_and_refused() throws SQLException {
        listen("infinity");

        UUID message = accept("refused");

        assertThat(told(message)).containsExactly("message.accepted", "message.refused");
    }

    @Test
    void tells_of_a_message_that_follows_another() throws SQLException {
        listen("infinity");
        UUID first = accept("queued");
        execute(
                "UPDATE message SET fallback = '[{\"channel\": \"whatsapp\", \"to\": \"+15005550011\", \"text\": \"Hi\","
                        + " \"segments\": 1, \"encoding\": \"gsm7\"}]' WHERE id = ?",
                first);

        move(first, "failed");

        UUID follower = UUID.fromString(list("SELECT id::text FROM message WHERE fallback_of IS NOT NULL")
                .getFirst());
        assertThat(told(first)).containsExactly("message.accepted", "message.failed");
        assertThat(told(follower)).containsExactly("message.accepted");
    }

    @Test
    void promises_an_event_to_each_endpoint_that_wants_it() throws SQLException {
        listen("infinity");
        UUID all = endpoint("NULL", "NULL", "");
        UUID sentOnly = endpoint("'{message.sent}'", "NULL", "");
        UUID sms = endpoint("NULL", "'{sms}'", "");
        UUID email = endpoint("NULL", "'{email}'", "");
        UUID deleted = endpoint("NULL", "NULL", "deleted_at = now()");
        UUID disabled = endpoint("NULL", "NULL", "disabled_at = now(), disabled_reason = 'gone'");

        UUID message = accept("queued");
        move(message, "sent");

        assertThat(promised(all)).containsExactly("message.accepted", "message.sent");
        assertThat(promised(sentOnly)).containsExactly("message.sent");
        assertThat(promised(sms)).containsExactly("message.accepted", "message.sent");
        assertThat(promised(email)).isEmpty();
        assertThat(promised(deleted)).isEmpty();
        assertThat(promised(disabled)).isEmpty();
    }

    @Test
    void promises_an_event_without_a_message_by_the_channel_in_its_data() throws SQLException {
        listen("infinity");
        UUID sms = endpoint("NULL", "'{sms}'", "");
        UUID email = endpoint("NULL", "'{email}'", "");

        event("inbound.received", "{\"channel\": \"sms\"}");
        event("webhook_endpoint.disabled", "{}");

        assertThat(promised(sms)).containsExactly("inbound.received", "webhook_endpoint.disabled");
        assertThat(promised(email)).containsExactly("webhook_endpoint.disabled");
    }

    @Test
    void promises_the_moves_of_a_message_to_its_own_callback_though_nobody_else_listens() throws SQLException {
        UUID message = acceptWithCallback("queued");
        move(message, "sent");
        UUID refused = acceptWithCallback("refused");

        assertThat(told(message)).containsExactly("message.sent");
        assertThat(told(refused)).containsExactly("message.refused");
        assertThat(promisedToCallbacks()).containsExactly("message.sent", "message.refused");
    }

    @Test
    void promises_no_callback_that_its_message_was_accepted_though_others_listen() throws SQLException {
        listen("infinity");

        UUID message = acceptWithCallback("queued");
        move(message, "sent");
        UUID refused = acceptWithCallback("refused");

        assertThat(told(message)).containsExactly("message.accepted", "message.sent");
        assertThat(told(refused)).containsExactly("message.accepted", "message.refused");
        assertThat(promisedToCallbacks()).containsExactly("message.sent", "message.refused");
    }

    @Test
    void promises_the_callbacks_of_one_host_in_one_line_however_it_is_written() throws SQLException {
        assertThat(list("""
                SELECT DISTINCT callback_line(url)::text
                FROM unnest(ARRAY['https://app.example.com/a?b=c:d@e', 'HTTPS://App.Example.COM:8443', 'http://u:p@app.example.com#f']) AS url""")).isEqualTo(list("SELECT (hashtext('app.example.com') & 255)::text"));
        assertThat(list("SELECT callback_line('http://[fd00::1]:80/')::text"))
                .isEqualTo(list("SELECT (hashtext('[fd00::1]') & 255)::text"));
        assertThat(list("SELECT callback_line('nonsense')::text")).containsExactly("0");

        move(acceptWithCallback("queued"), "sent");

        assertThat(list("SELECT (d.callback_line = callback_line(m.status_callback))::text FROM webhook_delivery d"
                        + " JOIN event e ON e.id = d.event_id JOIN message m ON m.id = e.message_id"))
                .containsExactly("true");
    }

    @Test
    void plans_by_the_id_though_the_connection_may_only_loop() throws SQLException {
        execute("SET enable_hashjoin = off");
        execute("SET enable_mergejoin = off");
        listen("infinity");
        UUID all = endpoint("NULL", "NULL", "");
        UUID message = accept("queued");

        move(message, "sent");

        assertThat(promised(all)).containsExactly("message.accepted", "message.sent");
    }

    @Test
    void drops_the_days_that_are_no_longer_kept_and_makes_those_to_come() throws SQLException {
        execute("CREATE TABLE event_20200101 PARTITION OF event FOR VALUES FROM (uuid_v7_floor('2020-01-01 00:00Z'))"
                + " TO (uuid_v7_floor('2020-01-02 00:00Z'))");

        List<String> made = list("SELECT keep_event_partitions(7, 5)::text");

        assertThat(made).containsExactly("2");
        assertThat(list("SELECT to_regclass('event_20200101')::text")).containsExactly((String) null);
    }

    private void listen(String until) throws SQLException {
        execute("INSERT INTO event_listening VALUES (1, ?::timestamptz)", until);
    }

    private UUID accept(String status) throws SQLException {
        UUID id = ids.get();
        insert(id, status, null);
        return id;
    }

    private UUID acceptWithCallback(String status) throws SQLException {
        UUID id = ids.get();
        insert(id, status, "https://example.com/status");
        return id;
    }

    private void insert(UUID id, String status, @Nullable String callback) throws SQLException {
        execute("""
                INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at, expires_at,
                                     settled_at, recipient, body, status_callback)
                VALUES (?, 1, ?, 'sms', 'normal', 'fail', 1, 'gsm7', now(), now() + interval '1 day',
                        CASE WHEN message_is_settled(?) THEN now() END, '+15005550006', 'Hello', ?)""", id, status, status, callback);
    }

    private void move(UUID id, String status) throws SQLException {
        execute(
                "UPDATE message SET status = ?, settled_at = CASE WHEN message_is_settled(?) THEN now() END WHERE id = ?",
                status,
                status,
                id);
    }

    private UUID endpoint(String types, String channels, String state) throws SQLException {
        UUID id = ids.get();
        execute(
                "INSERT INTO webhook_endpoint (id, account_id, url, secret, event_types, channels) VALUES"
                        + " (?, 1, 'https://example.com', 'secret', " + types + ", " + channels + ")",
                id);
        if (!state.isEmpty()) {
            execute("UPDATE webhook_endpoint SET " + state + " WHERE id = ?", id);
        }
        return id;
    }

    private void event(String type, String data) throws SQLException {
        execute(
                "INSERT INTO event (id, account_id, type, occurred_at, data) VALUES (uuid_v7_now(), 1, ?, now(), ?::jsonb)",
                type,
                data);
    }

    private List<String> told(UUID message) throws SQLException {
        return list("SELECT type FROM event WHERE message_id = '" + message + "' ORDER BY sequence");
    }

    private List<String> promised(UUID endpoint) throws SQLException {
        return list("SELECT e.type FROM webhook_delivery d JOIN event e ON e.id = d.event_id WHERE d.endpoint_id = '"
                + endpoint + "' ORDER BY e.sequence");
    }

    private List<String> promisedToCallbacks() throws SQLException {
        return list("SELECT e.type FROM webhook_delivery d JOIN event e ON e.id = d.event_id"
                + " WHERE d.endpoint_id IS NULL AND d.account_id = 1 ORDER BY e.sequence");
    }

    private List<String> list(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void execute(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            boolean _ = statement.execute();
        }
    }
}
