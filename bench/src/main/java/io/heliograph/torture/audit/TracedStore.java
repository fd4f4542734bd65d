package io.heliograph.torture.audit;

import io.heliograph.bench.rig.Database;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The database's book. */
final class TracedStore {
    private static final String MESSAGES = """
        SELECT m.id, coalesce(m.reference, ''), m.status, coalesce(m.reason, ''), m.on_unknown = 'resend',
               m.possible_duplicate, m.attempt, o.message_id IS NOT NULL, coalesce(c.statuses, '')
        FROM message m
        LEFT JOIN outbox o ON o.message_id = m.id
        LEFT JOIN (SELECT message_id, string_agg(coalesce(status, provider_status), ' ' ORDER BY received_at) AS statuses
                   FROM callback GROUP BY message_id) c ON c.message_id = m.id""";

    /** I2: a message that is not settled has a promise, and nothing else has. */
    private static final String VIOLATIONS = """
        SELECT (SELECT count(*) FROM message m
                WHERE NOT message_is_settled(m.status) AND NOT EXISTS (SELECT FROM outbox o WHERE o.message_id = m.id))
             + (SELECT count(*) FROM outbox o LEFT JOIN message m ON m.id = o.message_id
                WHERE m.id IS NULL OR message_is_settled(m.status))""";

    /** The longest time in which nothing was sent while there was something to send; in milliseconds. */
    private static final String LONGEST_PAUSE = """
        SELECT coalesce(max(pause), 0)::bigint FROM (
          SELECT 1000 * extract(epoch FROM sent_at - lag(sent_at) OVER (ORDER BY sent_at)) AS pause
          FROM message WHERE sent_at IS NOT NULL) gaps""";

    private static final String HISTORY = """
        SELECT concat_ws(' ', n, provider, outcome, code, provider_message_id, started_at, finished_at)
        FROM attempt WHERE message_id = '%s' ORDER BY n""";

    private static final String ROW = "SELECT to_jsonb(m) FROM message m WHERE id = '%s'";

    private static final String RECEIPTS = """
        SELECT concat_ws(' ', received_at, provider_status, attempt, applied_at) FROM callback WHERE message_id = '%s'
        ORDER BY received_at""";

    private final Database database;

    TracedStore(Database database) {
        this.database = database;
    }

    /** By id; without what the provider knows. */
    Map<String, Traced> messages() throws SQLException {
        Map<String, Traced> messages = new HashMap<>();
        for (List<String> row : database.rows(MESSAGES)) {
            Traced message = new Traced(
                    row.get(1),
                    row.get(0),
                    row.get(2),
                    row.get(3),
                    row.get(4).equals("t"),
                    row.get(5).equals("t"),
                    Integer.parseInt(row.get(6)),
                    row.get(7).equals("t"),
                    row.get(8),
                    0,
                    0);
            messages.put(message.id(), message);
        }
        return messages;
    }

    long violations() throws SQLException {
        return database.number(VIOLATIONS);
    }

    long outstanding() throws SQLException {
        return database.number("SELECT count(*) FROM outbox");
    }

    long longestPauseMillis() throws SQLException {
        return database.number(LONGEST_PAUSE);
    }

    /** All that the database says about one message, a line each. */
    List<String> history(String id) throws SQLException {
        List<String> lines = new java.util.ArrayList<>();
        for (String sql : List.of(ROW, HISTORY, RECEIPTS)) {
            database.rows(sql.replace("%s", id)).forEach(row -> lines.add(row.getFirst()));
        }
        return lines;
    }
}
