package io.heliograph.relay.retention;

import java.util.Locale;

/**
 * What is forgotten account by account, inside of days that are kept because another account, or another kind, wants them longer.
 *
 * <p>{@code due}: the next account ($1 the kind), its position, and the id before which it keeps nothing of this kind. {@code forget}: of the
 * messages $1, which lie between $2 and $3, those that can be forgotten now; answers which.
 */
enum AccountKind {
    /** What an account wrote into its messages. The rows stay: what became of them is still to be seen. */
    CONTENT("r.message_content", "uuid_v7_floor(now() - r.message_content)", "r.message_content < r.messages", """
        , emptied AS (
          UPDATE message m
          SET recipient = '', body = '', media_urls = NULL, content = NULL, reference = NULL, metadata = NULL, status_callback = NULL,
              fallback = NULL, on_undelivered = NULL, secret = NULL, redacted_at = coalesce(m.redacted_at, now())
          WHERE m.id = ANY (ARRAY(SELECT id FROM held)) AND m.id >= $2 AND m.id <= $3
        ), told AS (
          UPDATE callback SET fields = '{}', recipient_digits = NULL
          WHERE id IN (SELECT c.id FROM held h JOIN callback c ON c.message_id = h.id WHERE c.fields <> '{}' FOR UPDATE OF c SKIP LOCKED)
        )"""),

    /** The messages themselves, by the day as for those that go with it. What analytics have not counted waits for that. */
    ROW(
            "r.messages",
            "least(uuid_v7_floor(date_trunc('day', now() - r.messages, 'UTC')), (SELECT counted FROM analytics_position))",
            "r.messages < l.messages",
            """
        , gone AS (
          DELETE FROM message m WHERE m.id = ANY (ARRAY(SELECT id FROM held)) AND m.id >= $2 AND m.id <= $3
        ), tries AS (
          DELETE FROM attempt a
          WHERE a.message_id = ANY (ARRAY(SELECT id FROM held)) AND a.message_id >= $2 AND a.message_id <= $3
        ), receipts AS (
          DELETE FROM callback
          WHERE id IN (SELECT c.id FROM held h JOIN callback c ON c.message_id = h.id FOR UPDATE OF c SKIP LOCKED)
        ), asked AS (
          DELETE FROM receipt_due d WHERE d.message_id = ANY (ARRAY(SELECT id FROM held))
        )""");

    // What has only just settled is left for a while: its receipts name its number. Gateways lock receipts before
    // messages, so nobody is
    // waited for; a receipt that is passed over goes with its day.
    private static final String HELD = """
        WITH held AS MATERIALIZED (
          SELECT m.id FROM message m
          WHERE m.id = ANY ($1) AND m.id >= $2 AND m.id <= $3
            AND message_is_settled(m.status) AND m.settled_at < now() - interval '3 days'
            -- One by one: the offset keeps the planner from reading all promises instead.
            AND NOT EXISTS (SELECT FROM outbox o WHERE o.message_id = m.id OFFSET 0)
          ORDER BY m.id FOR UPDATE SKIP LOCKED
        )""";

    private final String due;
    private final String late;
    private final String forget;

    AccountKind(String kept, String beyond, String condition, String change) {
        this.due = """
            SELECT w.account_id, w.position, {beyond} AS beyond
            FROM retention_walk w JOIN retention r ON r.account_id = w.account_id CROSS JOIN retention_longest l
            WHERE w.kind = '{word}' AND w.due_at <= now() AND {condition}
            ORDER BY w.due_at LIMIT 1
            FOR UPDATE OF w SKIP LOCKED""".replace("{beyond}", beyond).replace("{word}", word()).replace("{condition}", condition);
        this.late = """
            SELECT t.message_id FROM retention_late t JOIN retention r ON r.account_id = t.account_id
            WHERE t.kind = '{word}' AND t.due_at <= now() AND t.message_id < uuid_v7_floor(now() - {kept})
            ORDER BY t.due_at LIMIT $1
            FOR UPDATE OF t SKIP LOCKED""".replace("{word}", word()).replace("{kept}", kept);
        this.forget = HELD + change + " SELECT id FROM held";
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String due() {
        return due;
    }

    /** What its walk came by too early, $1 at the most. */
    String late() {
        return late;
    }

    String forget() {
        return forget;
    }
}
