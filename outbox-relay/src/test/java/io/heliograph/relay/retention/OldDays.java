package io.heliograph.relay.retention;

import io.heliograph.relay.TestOutbox;
import java.sql.SQLException;
import java.util.UUID;

/** Messages of days that are long gone, with their partitions, attempts and receipts, in accounts 1 and 2. */
final class OldDays {
    private final TestOutbox outbox;

    OldDays(TestOutbox outbox) throws SQLException {
        this.outbox = outbox;
        outbox.execute("INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'one'), (2, 'two')"
                + " ON CONFLICT DO NOTHING");
    }

    /** As the operator sets it, or an account. */
    void keep(String setting, int days) throws SQLException {
        outbox.execute("UPDATE retention_default SET " + setting + " = " + days + " * interval '1 day'");
    }

    void keepOf(int account, String setting, int days) throws SQLException {
        outbox.execute("INSERT INTO account_setting (account_id, updated_at, " + setting + "_days) VALUES (" + account
                + ", now(), " + days + ") ON CONFLICT (account_id) DO UPDATE SET " + setting + "_days = excluded."
                + setting
                + "_days");
    }

    /** The partitions of that day, in UTC. */
    void day(int daysAgo) throws SQLException {
        outbox.execute("""
            DO $$
            DECLARE day date := (now() AT TIME ZONE 'UTC')::date - {days};
            BEGIN
              EXECUTE format('CREATE TABLE message_%1$s PARTITION OF message FOR VALUES FROM (%2$L) TO (%3$L)', to_char(day, 'YYYYMMDD'),
                uuid_v7_floor(day::timestamp AT TIME ZONE 'UTC'), uuid_v7_floor((day + 1)::timestamp AT TIME ZONE 'UTC'));
              EXECUTE format('CREATE TABLE attempt_%1$s PARTITION OF attempt FOR VALUES FROM (%2$L) TO (%3$L)', to_char(day, 'YYYYMMDD'),
                uuid_v7_floor(day::timestamp AT TIME ZONE 'UTC'), uuid_v7_floor((day + 1)::timestamp AT TIME ZONE 'UTC'));
            END $$""".replace("{days}", Integer.toString(daysAgo)));
    }

    boolean hasDay(int daysAgo) throws SQLException {
        return outbox.count(
                        "SELECT count(to_regclass('message_' || to_char((now() AT TIME ZONE 'UTC')::date - " + daysAgo
                                + ", 'YYYYMMDD'))) + count(to_regclass('attempt_' || to_char((now() AT TIME ZONE 'UTC')::date - "
                                + daysAgo + ", 'YYYYMMDD')))")
                > 0;
    }

    /** Delivered on the day on which it was accepted, at its noon, with an attempt and a receipt. */
    UUID delivered(int account, int daysAgo) throws SQLException {
        return message(account, daysAgo, "delivered", daysAgo);
    }

    UUID message(int account, int daysAgo, String status, int settledDaysAgo) throws SQLException {
        UUID id = UUID.randomUUID();
        String noon = "date_trunc('day', now(), 'UTC') + interval '12 hours' - interval '" + daysAgo + " days'";
        UUID real = UUID.fromString(text(
                "SELECT (substr(uuid_v7_floor(" + noon + ")::text, 1, 14) || '7' || substr('" + id + "', 16))::text"));
        outbox.execute(
                """
            INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at, send_at, expires_at,
                                 settled_at, recipient, body, reference, metadata, fallback)
            VALUES (?, ?, ?, 'sms', 'normal', 'fail', 1, 'gsm7', {noon}, {noon}, {noon},
                    CASE WHEN message_is_settled(?) THEN now() - interval '{settled} days' END, '+15005550010', 'Your table is ready',
                    'table-7', '{"guest": "Ann"}', '[{"to": "+15005550010"}]')""".replace("{noon}", noon).replace("{settled}", Integer.toString(settledDaysAgo)),
                real,
                account,
                status,
                status);
        outbox.execute(
                "INSERT INTO attempt (message_id, n, provider, outcome, started_at, finished_at)"
                        + " VALUES (?, 1, 'twilio', 'accepted', now(), now())",
                real);
        outbox.execute(
                "INSERT INTO callback (id, received_at, provider, message_id, provider_status, status, dedupe_key, fields,"
                        + " recipient_digits, applied_at) VALUES (gen_random_uuid(), " + noon
                        + ", 'twilio', ?, 'delivered', 'delivered', ?, '{\"To\": \"+15005550010\"}', '5005550010', now())",
                real,
                real.toString());
        return real;
    }

    void promise(UUID id) throws SQLException {
        outbox.execute(
                "INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)"
                        + " VALUES (?, 'sms', 'normal', 1, now() + interval '1 day', now())",
                id);
    }

    /** How many rows there are, of all tables, about a message. */
    String left(UUID id) throws SQLException {
        return text(
                "SELECT (SELECT count(*) FROM message WHERE id = '{id}') || ' ' || (SELECT count(*) FROM attempt WHERE message_id = '{id}')"
                                .replace("{id}", id.toString())
                        + " || ' ' || (SELECT count(*) FROM callback WHERE message_id = '{id}')"
                                .replace("{id}", id.toString()));
    }

    String text(String sql) throws SQLException {
        try (var statement = outbox.connect();
                var rows = statement.createStatement().executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "(no row)";
        }
    }
}
