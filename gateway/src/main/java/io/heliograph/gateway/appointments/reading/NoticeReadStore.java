package io.heliograph.gateway.appointments.reading;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Reads what patients were told, with what became of it. */
final class NoticeReadStore {
    // What a notice is looked for by leads to few of them, each by an index of its own; else they are walked, the
    // newest first.
    private static final String SEARCH = """
        SELECT n.*, a.booking_id, m.status, m.reason AS message_reason, m.recipient, m.body, m.created_at AS accepted_at, m.send_at,
               m.sent_at, m.settled_at, m.provider, t.provider_message_id, t.code
        FROM appointment_notice n
        JOIN appointment a ON a.id = n.appointment_id
        LEFT JOIN message m ON m.id = n.id AND n.reason IS NULL
        LEFT JOIN LATERAL (
          SELECT provider_message_id, code FROM attempt WHERE message_id = n.id AND n.reason IS NULL ORDER BY n DESC LIMIT 1
        ) t ON true
        WHERE n.account_id = $1 AND n.id < $2 AND n.id >= $3
          AND ($4::text IS NULL OR n.appointment_id = (SELECT id FROM appointment WHERE account_id = $1 AND booking_id = $4))
          AND ($5::text IS NULL OR n.id = ANY (ARRAY(
            SELECT s.id FROM message s WHERE s.account_id = $1 AND s.recipient = $5 AND s.id < $2 AND s.id >= $3
            UNION ALL
            SELECT o.id FROM appointment b JOIN appointment_notice o ON o.appointment_id = b.id
            WHERE b.account_id = $1 AND b.patient_phone = $5)))
          AND ($6::text IS NULL OR n.id = ANY (ARRAY(SELECT message_id FROM attempt WHERE provider_message_id = $6)))
          AND ($7::text IS NULL OR n.kind = $7)
          AND ($8::text IS NULL OR CASE WHEN n.reason IS NULL THEN m.status = $8 ELSE $8 = 'skipped' END)
        ORDER BY n.id DESC LIMIT $9""";

    private final Pool pool;

    NoticeReadStore(Pool pool) {
        this.pool = pool;
    }

    Future<List<Row>> search(long accountId, NoticeFilter filter) {
        return pool.preparedQuery(SEARCH)
                .execute(Tuple.tuple()
                        .addLong(accountId)
                        .addUUID(filter.before())
                        .addUUID(filter.from())
                        .addString(filter.bookingId())
                        .addString(filter.phone())
                        .addString(filter.providerMessageId())
                        .addString(filter.kind())
                        .addString(filter.status())
                        .addInteger(filter.limit()))
                .map(rows -> {
                    List<Row> list = new ArrayList<>(rows.size());
                    rows.forEach(list::add);
                    return list;
                });
    }
}
