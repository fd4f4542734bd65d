package io.heliograph.relay.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Metrics;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of tables without days, that are too old. */
class PrunerTest {
    private final Vertx vertx = Vertx.vertx();
    private TestOutbox outbox;
    private OldDays days;
    private Pool pool;

    @BeforeEach
    void start() throws Exception {
        outbox = new TestOutbox();
        days = new OldDays(outbox);
        pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 2);
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    /** Of account 1, which keeps it for 3 days less than 10, of account 2, which keeps it 3 more, and of one that has set nothing. */
    @ParameterizedTest
    @CsvSource({
        "IDEMPOTENCY, idempotency, idempotency",
        "INBOUND, inbound_message, inbound",
        "NOTIFICATION, notification, notifications",
        "VERIFICATION, verification, verifications",
        "WEBHOOK_TRY, webhook_try, events"
    })
    void forgets_what_is_older_than_its_account_keeps_it(AgedRows rows, String table, String kind) throws Exception {
        days.keep(kind, 10);
        days.keepOf(1, kind, 7);
        days.keepOf(2, kind, 13);
        for (int account = 1; account <= 3; account++) {
            for (int age : new int[] {6, 8, 9, 11, 12, 14}) {
                row(table, account, age);
            }
        }

        assertThat(pruner(rows).runOnce()).isEqualTo(5 + 1 + 3);

        assertThat(days.text(
                        "SELECT string_agg(account_id || ':' || n, ' ' ORDER BY account_id) FROM (SELECT account_id, count(*) AS n FROM "
                                + table + " GROUP BY account_id) c"))
                .isEqualTo("1:1 2:5 3:3");
    }

    @Test
    void forgets_what_is_nobodys_as_for_those_who_have_set_nothing_and_keeps_what_it_did() throws Exception {
        days.keep("inbound", 30);
        outbox.execute(
                "INSERT INTO inbound_message (id, received_at, provider, channel, sender, recipient, body, dedupe_key, fields)"
                        + " SELECT gen_random_uuid(), now() - days * interval '1 day', 'twilio', 'sms', '+15005550010', '12345', 'STOP',"
                        + " days, '{}' FROM unnest('{1, 29, 31, 33}'::int[]) days");
        outbox.execute("INSERT INTO suppression (account_id, channel, person, sender, changed_by, inbound_id)"
                + " SELECT 1, channel, sender, recipient, 'keyword', id FROM inbound_message WHERE dedupe_key = '33'");

        assertThat(pruner(AgedRows.INBOUND).runOnce()).isEqualTo(2);

        assertThat(outbox.count("SELECT count(*) FROM suppression WHERE lifted_at IS NULL"))
                .isEqualTo(1);
        assertThat(outbox.count("SELECT count(*) FROM consent_change")).isEqualTo(1);
    }

    @Test
    void empties_what_providers_sent_and_leaves_what_it_said() throws Exception {
        days.keepOf(1, "callbacks", 20);
        var mine = days.delivered(1, 25);
        var others = days.delivered(2, 25);

        assertThat(pruner(AgedRows.CALLBACK_BODY).runOnce()).isEqualTo(1);
        assertThat(pruner(AgedRows.CALLBACK_BODY).runOnce()).isZero();

        assertThat(days.text("SELECT fields::text || ' ' || status FROM callback WHERE message_id = '" + mine + "'"))
                .isEqualTo("{} delivered");
        assertThat(days.text("SELECT fields FROM callback WHERE message_id = '" + others + "'"))
                .contains("To");
    }

    @Test
    void walks_a_big_table_page_by_page_and_starts_again_at_its_end() throws Exception {
        keys("old", Duration.ofDays(8));
        Pruner pruner = new Pruner(pool, AgedRows.IDEMPOTENCY, new RetentionMeters(Metrics.registry()), 5);

        int pruned = pruner.runOnce();
        assertThat(pruned).isBetween(1, 999);
        int steps = 1;
        while (pruned < 1_000) {
            pruned += pruner.runOnce();
            steps++;
        }

        assertThat(steps).isBetween(3, 100);
        keys("again", Duration.ofDays(8));
        Awaitility.await().until(() -> {
            int _ = pruner.runOnce();
            return outbox.count("SELECT count(*) FROM idempotency") == 0;
        });
    }

    @Test
    void waits_for_nobody() throws Exception {
        row("notification", 1, 4_000);
        try (Connection other = outbox.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT FROM notification FOR UPDATE");
            assertThat(pruner(AgedRows.NOTIFICATION).runOnce()).isZero();
            // A connection that is closed may hold its locks for a moment.
            other.rollback();
        }
        assertThat(pruner(AgedRows.NOTIFICATION).runOnce()).isEqualTo(1);
    }

    @Test
    void forgets_requests_for_blood_that_are_over_with_the_answers_to_them() throws Exception {
        days.keep("notifications", 10);
        outbox.execute(
                "INSERT INTO sos_request (id, account_id, patient_id, blood_group, units, city, city_key, priority, status, token,"
                        + " token_expires_at, ended_at, winding)"
                        + " SELECT gen_random_uuid(), 1, 'ravi', 'A+', 1, 'Pune', 'pune', 'normal', status, token, now(), now() - age::interval, winding"
                        + " FROM (VALUES ('closed', 'OLD', '11 days', false), ('closed', 'NEW', '9 days', false),"
                        + " ('closed', 'WINDING', '11 days', true), ('open', 'OPEN', NULL, false)) v (status, token, age, winding)");
        outbox.execute("INSERT INTO sos_response (id, account_id, request_id, donor_id, phone, message_id)"
                + " SELECT gen_random_uuid(), 1, id, 'ann', '+15005550010', gen_random_uuid() FROM sos_request");

        assertThat(pruner(AgedRows.SOS_REQUEST).runOnce()).isEqualTo(1);

        assertThat(
                        days.text(
                                "SELECT string_agg(q.token, ' ' ORDER BY q.token) FROM sos_request q JOIN sos_response r ON r.request_id = q.id"))
                .isEqualTo("NEW OPEN WINDING");
        assertThat(days.text("SELECT count(*) FROM sos_response")).isEqualTo("3");
    }

    /** On several pages of the table, of which a look takes one: nothing of a page is forgotten to be forgotten. */
    @Test
    void forgets_very_many_requests_some_at_a_time() throws Exception {
        days.keep("notifications", 10);
        outbox.execute(
                "INSERT INTO sos_request (id, account_id, patient_id, blood_group, units, city, city_key, priority, status, token,"
                        + " token_expires_at, ended_at)"
                        + " SELECT gen_random_uuid(), 1, repeat('p', 128), 'A+', 1, 'Pune', 'pune', 'normal', 'closed', 'T' || n, now(),"
                        + " now() - interval '11 days' FROM generate_series(1, 61) AS n");
        outbox.execute("INSERT INTO sos_response (id, account_id, request_id, donor_id, phone, message_id)"
                + " SELECT gen_random_uuid(), 1, id, 'ann', '+15005550010', gen_random_uuid() FROM sos_request");
        assertThat(Long.parseLong(days.text("SELECT pg_relation_size('sos_request') / 8192")))
                .isBetween(2L, 5L);
        Pruner pruner = new Pruner(pool, AgedRows.SOS_REQUEST, new RetentionMeters(Metrics.registry()), 1);

        List<Integer> forgotten = new ArrayList<>();
        while (forgotten.stream().mapToInt(Integer::intValue).sum() < 61 && forgotten.size() < 200) {
            forgotten.add(pruner.runOnce());
        }

        assertThat(forgotten).allMatch(rows -> rows <= 2);
        assertThat(days.text("SELECT (SELECT count(*) FROM sos_request) + (SELECT count(*) FROM sos_response)"))
                .isEqualTo("0");
    }

    @Test
    void forgets_visits_with_their_history_and_what_was_told_of_them() throws Exception {
        days.keep("appointments", 100);
        days.keepOf(2, "appointments", 200);
        visit(1, "GONE", 101, 101);
        visit(1, "CHANGED", 101, 99);
        visit(1, "YOUNG", 99, 99);
        visit(2, "KEPT", 199, 199);

        assertThat(pruner(AgedRows.APPOINTMENT).runOnce()).isEqualTo(1);
        assertThat(pruner(AgedRows.APPOINTMENT).runOnce()).isZero();

        for (String table : List.of("appointment_history", "appointment_notice", "appointment_reminder")) {
            assertThat(days.text(
                            "SELECT string_agg(DISTINCT booking_id, ' ' ORDER BY booking_id) FROM appointment a FULL JOIN "
                                    + table + " x ON x.appointment_id = a.id"))
                    .as(table)
                    .isEqualTo("CHANGED KEPT YOUNG");
        }
        assertThat(days.text("SELECT count(*) FROM appointment_history")).isEqualTo("6");
    }

    /** One that was cancelled: a history of two steps, and what is told of either. */
    private void visit(int account, String bookingId, int endedDaysAgo, int changedDaysAgo) throws Exception {
        outbox.execute("""
                WITH visit AS (
                  INSERT INTO appointment (id, account_id, booking_id, status, revision, doctor_no, starts_at, ends_at, patient_name, notify,
                                           created_at, updated_at)
                  SELECT gen_random_uuid(), ?, ?, 'cancelled', 2, 1, now() - ? * interval '1 day' - interval '30 minutes',
                         now() - ? * interval '1 day', 'Ann', '{sms}', now(), now() - ? * interval '1 day'
                  RETURNING id, account_id, starts_at
                ), planned AS (
                  INSERT INTO appointment_reminder (appointment_id, kind, due_at) SELECT id, 'follow_up', now() FROM visit
                ), told AS (
                  INSERT INTO appointment_notice (appointment_id, revision, kind, channel, account_id, id, reason, created_at)
                  SELECT id, n, kind, 'sms', account_id, gen_random_uuid(), 'no_address', now()
                  FROM visit, (VALUES (1, 'appointment_confirmed'), (2, 'appointment_cancelled')) k (n, kind)
                )
                INSERT INTO appointment_history (appointment_id, revision, previous, changed_at, changed_by, from_status, from_starts_at,
                                                 to_status, to_starts_at, notice_kind, notice_channel)
                SELECT id, n, nullif(n - 1, 0), now(), 'clinic', from_status, CASE WHEN n = 2 THEN starts_at END, to_status, starts_at, kind, 'sms'
                FROM visit, (VALUES (1, NULL, 'booked', 'appointment_confirmed'), (2, 'booked', 'cancelled', 'appointment_cancelled'))
                  k (n, from_status, to_status, kind)""", account, bookingId, endedDaysAgo, endedDaysAgo, changedDaysAgo);
    }

    private Pruner pruner(AgedRows rows) {
        return new Pruner(pool, rows, new RetentionMeters(Metrics.registry()));
    }

    private void row(String table, int account, int age) throws Exception {
        String at = "now() - interval '" + age + " days'";
        outbox.execute(
                switch (table) {
                    case "idempotency" ->
                        "INSERT INTO idempotency (account_id, key, request_hash, created_at) VALUES (" + account + ", '"
                                + age + "', sha256('x'), " + at + ")";
                    case "inbound_message" ->
                        "INSERT INTO inbound_message (id, account_id, received_at, provider, channel, sender, recipient, body, dedupe_key, fields)"
                                + " VALUES (gen_random_uuid(), " + account + ", " + at
                                + ", 'twilio', 'sms', '+15005550010', '12345', 'Hi', '"
                                + account + "-" + age + "', '{}')";
                    case "notification" ->
                        "INSERT INTO notification (id, account_id, user_id, type, created_at, outcomes) VALUES (gen_random_uuid(), "
                                + account + ", 'ann', 'order_created', " + at + ", '{}')";
                    case "verification" ->
                        "INSERT INTO verification (id, account_id, status, code_length, recipient, channel, purpose, code_hash, created_at,"
                                + " expires_at, resend_at, message_ids, wording) VALUES (gen_random_uuid(), " + account
                                + ", 'pending', 6, '+15005550010', 'sms', 'login', '', " + at
                                + ", now(), now(), '{}', '{}')";
                    default ->
                        "INSERT INTO webhook_try (delivery_id, n, account_id, event_id, tried_at, duration_ms) VALUES (gen_random_uuid(), 1, "
                                + account + ", gen_random_uuid(), " + at + ", 1)";
                });
    }

    private void keys(String prefix, Duration age) throws Exception {
        outbox.execute("""
                INSERT INTO idempotency (account_id, key, request_hash, created_at)
                SELECT 1, ? || n, sha256('x'), now() - ? * interval '1 second' FROM generate_series(1, 1000) AS n""", prefix, age.toSeconds());
    }
}
