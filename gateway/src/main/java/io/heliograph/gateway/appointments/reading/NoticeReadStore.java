package io.heliograph.gateway.appointments.reading;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what patients were told, with what became of it. */
final class NoticeReadStore {
    private static final String SHOWN = """
        SELECT n.*, a.booking_id, m.status, m.reason AS message_reason, m.recipient, m.body, m.created_at AS accepted_at, m.send_at,
               m.sent_at, m.settled_at, m.provider, t.provider_message_id, t.code
        FROM found n
        JOIN appointment a ON a.id = n.appointment_id
        LEFT JOIN message m ON m.id = n.id AND n.reason IS NULL
        LEFT JOIN LATERAL (
          SELECT provider_message_id, code FROM attempt WHERE message_id = n.id AND n.reason IS NULL ORDER BY n DESC LIMIT 1
        ) t ON true
        WHERE $6::text IS NULL OR CASE WHEN n.reason IS NULL THEN m.status = $6 ELSE $6 = 'skipped' END
        ORDER BY n.id DESC LIMIT $5""";

    // The newest first. What became of each its message says, so of those with a status so many are looked at, and no
    // more: where it is rare, a page is short and has another one behind it.
    private static final String WALK = """
        WITH found AS MATERIALIZED (
          SELECT * FROM appointment_notice
          WHERE account_id = $1 AND id < $2 AND id >= $3 AND ($4::text IS NULL OR kind = $4)
          ORDER BY id DESC LIMIT $7
        ), seen AS (
          SELECT count(*) AS number, (SELECT id FROM found ORDER BY id LIMIT 1) AS last FROM found
        )
        SELECT s.number AS seen_number, s.last AS seen_last, w.* FROM seen s LEFT JOIN ({shown}) w ON true ORDER BY w.id DESC""".replace("{shown}", SHOWN);

    // By all of what was asked for, each by an index of its own: $10 says how much that is.
    private static final String FIND = """
        WITH known AS MATERIALIZED (
          SELECT k.id FROM (
            SELECT 'booking' AS by, n.id FROM appointment b JOIN appointment_notice n ON n.appointment_id = b.id
            WHERE b.account_id = $1 AND b.booking_id = $7
            UNION ALL
            SELECT 'phone', s.id FROM message s WHERE s.account_id = $1 AND s.recipient = $8 AND s.id < $2 AND s.id >= $3
            UNION ALL
            SELECT 'phone', n.id FROM appointment b JOIN appointment_notice n ON n.appointment_id = b.id
            WHERE b.account_id = $1 AND b.patient_phone = $8
            UNION ALL
            SELECT 'provider', message_id FROM attempt WHERE provider_message_id = $9
          ) k
          GROUP BY k.id HAVING count(DISTINCT k.by) = $10
        ), found AS MATERIALIZED (
          SELECT n.* FROM known k JOIN appointment_notice n ON n.account_id = $1 AND n.id = k.id
          WHERE n.id < $2 AND n.id >= $3 AND ($4::text IS NULL OR n.kind = $4)
        )
        {shown}""".replace("{shown}", SHOWN);

    /** More than are on a page, so that one with a status that is rare is found at once most of the time. */
    static final int WALKED_MAX = 5_000;

    /**
     * A page.
     *
     * @param next where the next one begins; null after the last
     */
    record Found(List<Row> rows, @Nullable UUID next) {}

    private final Pool pool;

    NoticeReadStore(Pool pool) {
        this.pool = pool;
    }

    Future<Found> search(long accountId, NoticeFilter filter) {
        Tuple common = Tuple.tuple()
                .addLong(accountId)
                .addUUID(filter.before())
                .addUUID(filter.from())
                .addString(filter.kind())
                .addInteger(filter.limit())
                .addString(filter.status());
        return filter.keys() == 0 ? walk(common, filter) : find(common, filter);
    }

    private Future<Found> find(Tuple common, NoticeFilter filter) {
        return pool.preparedQuery(FIND)
                .execute(common.addString(filter.bookingId())
                        .addString(filter.phone())
                        .addString(filter.providerMessageId())
                        .addInteger(filter.keys()))
                .map(rows -> {
                    List<Row> list = new ArrayList<>(rows.size());
                    rows.forEach(list::add);
                    return new Found(list, last(list, filter.limit()));
                });
    }

    private Future<Found> walk(Tuple common, NoticeFilter filter) {
        int walked = filter.status() == null ? filter.limit() : WALKED_MAX;
        return pool.preparedQuery(WALK).execute(common.addInteger(walked)).map(rows -> {
            Row first = rows.iterator().next();
            List<Row> list = new ArrayList<>(rows.size());
            rows.forEach(row -> {
                if (row.getUUID("id") != null) {
                    list.add(row);
                }
            });
            UUID last = last(list, filter.limit());
            boolean hasMore = first.getLong("seen_number") == walked;
            return new Found(list, last == null && hasMore ? first.getUUID("seen_last") : last);
        });
    }

    private static @Nullable UUID last(List<Row> page, int limit) {
        return page.size() < limit ? null : page.getLast().getUUID("id");
    }
}
