package io.heliograph.bench.scenario;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Summing up messages, as a relay does it, with nothing beside: messages that have come to their end before they are counted, and
 * the same messages once more when each of them moves later.
 */
public final class Analytics implements Scenario {
    private static final String NAME = "analytics";
    private static final int MESSAGES = 500_000;
    private static final int MESSAGES_AT_ONCE = 50_000;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Accepted within the last hour, to four countries by three providers. */
    private static final String FILL = """
        INSERT INTO message (id, account_id, status, attempt, channel, lane, recipient, body, segments, encoding, created_at,
                             expires_at, on_unknown, claimed_at, sent_at, settled_at, provider, notification_type, variant)
        SELECT (substr(uuid_v7_floor(now() - i * interval '1 hour' / {messages})::text, 1, 14) || substr(gen_random_uuid()::text, 15))::uuid,
               1, 'sent', 1, 'sms', 'normal', (ARRAY['+1415', '+44791', '+9198', '+4915'])[1 + i % 4] || 2000000 + i,
               'Your parcel is out for delivery today between 14:00 and 16:00. Track it in the app.', 1, 'gsm7', now(),
               now() + interval '4 days', 'fail', now(), now(), now(), 'provider-' || i % 3, 'type-' || i % 20, (ARRAY['a', 'b'])[1 + i % 2]
        FROM generate_series({messages}, 1, -1) AS i""";

    private static final String BEGIN = """
        DELETE FROM analytics;
        DELETE FROM analytics_change;
        UPDATE analytics_position SET counted = f, listed = f, safe_from = NULL FROM uuid_v7_floor(now() - interval '2 hours') AS f""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return false;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        Database database = setting.rig().database();
        setting.rig().reset();
        database.execute(BEGIN);
        setting.progress().accept(NAME + ": inserting " + MESSAGES + " messages");
        database.execute(FILL.replace("{messages}", Integer.toString(MESSAGES)));
        database.execute("VACUUM ANALYZE message");
        setting.progress().accept(NAME + ": counting them");
        double counted = MESSAGES / seconds(database, "accepted");
        setting.progress().accept(NAME + ": moving them");
        database.execute("UPDATE message SET status = 'delivered'");
        double moved = MESSAGES / seconds(database, "delivered");
        return List.of(
                Figure.of(NAME, "messages counted", counted, "msg/s", new Asked.Nothing()),
                Figure.of(NAME, "late moves taken in", moved, "msg/s", new Asked.Nothing()));
    }

    /** Until the sums have all of them. */
    private static double seconds(Database database, String column) throws SQLException {
        long begin = System.nanoTime();
        long end = begin + Duration.ofMinutes(5).toNanos();
        while (database.number("SELECT coalesce(sum(" + column + "), 0) FROM analytics") < MESSAGES) {
            long _ = database.number("SELECT fold_analytics('0', " + MESSAGES_AT_ONCE + ")::int");
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The sums do not come to an end");
            }
        }
        return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }
}
