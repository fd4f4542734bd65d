package io.heliograph.relay.retention;

/**
 * Tables that are walked round and round, some pages at a time, for rows that are too old: by place in the table and not by an index, which
 * every insert would pay for, and so whatever an account changes about its retention. Each statement looks at the pages from $1 to
 * before $2, and waits for nobody.
 */
public enum AgedRows {
    IDEMPOTENCY("idempotency", gone("idempotency", "created_at", "idempotency")),
    INBOUND("inbound_message", gone("inbound_message", "received_at", "inbound")),
    NOTIFICATION("notification", gone("notification", "created_at", "notifications")),
    VERIFICATION("verification", gone("verification", "created_at", "verifications")),
    WEBHOOK_TRY("webhook_try", gone("webhook_try", "tried_at", "events")),

    /** Those that are over, some at a time, with the answers of their donors; as long as notifications, which said the same to them. */
    SOS_REQUEST("sos_request", """
        WITH gone AS (
          DELETE FROM sos_request WHERE ctid = ANY (ARRAY(
            SELECT t.ctid FROM sos_request t
            WHERE t.ctid >= format('(%s,0)', $1::bigint)::tid AND t.ctid < format('(%s,0)', $2::bigint)::tid
              AND NOT t.winding AND t.ended_at < now() - (SELECT notifications FROM retention_shortest)
              AND t.ended_at < now() - coalesce((SELECT r.notifications FROM retention r WHERE r.account_id = t.account_id),
                                                (SELECT notifications FROM retention_default))
            -- Each with some twenty thousand donors at the most.
            LIMIT 2
            FOR UPDATE SKIP LOCKED))
          RETURNING id
        ), answers AS (
          DELETE FROM sos_response r USING gone g WHERE r.request_id = g.id
        )
        SELECT id FROM gone"""),

    /**
     * With all that was told of them, what is planned, and their history: so long after the visit's end, or after it was changed last. Whoever changes or
     * tells locks the visit first, too.
     */
    APPOINTMENT("appointment", """
        WITH gone AS (
          DELETE FROM appointment WHERE ctid = ANY (ARRAY(
            SELECT t.ctid FROM appointment t
            WHERE t.ctid >= format('(%s,0)', $1::bigint)::tid AND t.ctid < format('(%s,0)', $2::bigint)::tid
              AND greatest(t.ends_at, t.updated_at) < now() - (SELECT appointments FROM retention_shortest)
              AND greatest(t.ends_at, t.updated_at)
                < now() - coalesce((SELECT r.appointments FROM retention r WHERE r.account_id = t.account_id),
                                   (SELECT appointments FROM retention_default))
            -- Each with some ten notices.
            LIMIT 2000
            FOR UPDATE SKIP LOCKED))
          RETURNING id
        ), planned AS (
          DELETE FROM appointment_reminder r USING gone g WHERE r.appointment_id = g.id
        ), history AS (
          DELETE FROM appointment_history h USING gone g WHERE h.appointment_id = g.id
        ), told AS (
          DELETE FROM appointment_notice n USING gone g WHERE n.appointment_id = g.id
        )
        SELECT id FROM gone"""),

    /** Links that open nothing any more. */
    PREFERENCE_LINK("preference_link", """
        DELETE FROM preference_link WHERE ctid = ANY (ARRAY(
          SELECT t.ctid FROM preference_link t
          WHERE t.ctid >= format('(%s,0)', $1::bigint)::tid AND t.ctid < format('(%s,0)', $2::bigint)::tid
            AND t.expires_at < now() - interval '1 day'
          FOR UPDATE SKIP LOCKED))"""),

    /** Only what the provider sent is emptied: the row says what became of the message, and goes with it. Whose it is, the message says. */
    CALLBACK_BODY("callback", """
        UPDATE callback SET fields = '{}', recipient_digits = NULL WHERE ctid = ANY (ARRAY(
          SELECT t.ctid FROM callback t
          WHERE t.ctid >= format('(%s,0)', $1::bigint)::tid AND t.ctid < format('(%s,0)', $2::bigint)::tid
            AND t.applied_at IS NOT NULL AND t.fields <> '{}'
            AND t.received_at < now() - (SELECT callbacks FROM retention_shortest)
            AND t.received_at < now() - coalesce(
                  (SELECT r.callbacks FROM message m JOIN retention r ON r.account_id = m.account_id WHERE m.id = t.message_id),
                  (SELECT callbacks FROM retention_default))
          FOR NO KEY UPDATE SKIP LOCKED))""");

    private final String table;
    private final String sql;

    AgedRows(String table, String sql) {
        this.table = table;
        this.sql = sql;
    }

    String table() {
        return table;
    }

    String sql() {
        return sql;
    }

    /** As metrics, logs and loops name it. */
    public String word() {
        return this == CALLBACK_BODY ? "callback_body" : table;
    }

    /** What is nobody's is kept as long as for those who have set nothing. */
    private static String gone(String table, String time, String kind) {
        return """
            DELETE FROM {table} WHERE ctid = ANY (ARRAY(
              SELECT t.ctid FROM {table} t
              WHERE t.ctid >= format('(%s,0)', $1::bigint)::tid AND t.ctid < format('(%s,0)', $2::bigint)::tid
                AND t.{time} < now() - (SELECT {kind} FROM retention_shortest)
                AND t.{time} < now() - coalesce((SELECT r.{kind} FROM retention r WHERE r.account_id = t.account_id),
                                                (SELECT {kind} FROM retention_default))
              FOR UPDATE SKIP LOCKED))""".replace("{table}", table).replace("{time}", time).replace("{kind}", kind);
    }
}
