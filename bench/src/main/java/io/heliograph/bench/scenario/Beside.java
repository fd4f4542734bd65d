package io.heliograph.bench.scenario;

import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.MessageRequests;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.load.Requests;
import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Database;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Taking messages in by another way, beside the same through /v1/messages: turn and turn about, at one gateway. */
public final class Beside implements Scenario {
    /** Makes ready what it needs, and what is sent; each run has a name of its own. */
    private interface Way {
        Requests requests(Database database, String run) throws SQLException;
    }

    private static final double SHARE_MIN = 0.8;
    private static final int CONNECTIONS = 256;
    private static final int TURNS = 2;
    private static final Way OURS = (database, run) -> MessageRequests.single(Rig.API_KEY, run);

    private static final String USERS = """
        INSERT INTO app_user (account_id, id, phone, created_at, updated_at)
        SELECT a.id, n::text, '+' || n, now(), now()
        FROM account a, generate_series(%1$d, %1$d + %2$d - 1) AS n WHERE a.name = 'default'
        ON CONFLICT DO NOTHING""".formatted(MessageRequests.NUMBER_FIRST, MessageRequests.USERS);

    private static final String VACUUM = "VACUUM ANALYZE app_user, preference";

    private final String name;
    private final String accepted;
    private final String path;
    private final Way way;

    private Beside(String name, String accepted, String path, Way way) {
        this.name = name;
        this.accepted = accepted;
        this.path = path;
        this.way = way;
    }

    public static Beside twilioApi() {
        return new Beside("twilio-api", "created as Twilio does", "/2010-04-01", (database, run) -> {
            List<String> credential = database.rows("SELECT account_sid, auth_token FROM twilio_credential"
                            + " JOIN account ON id = account_id WHERE name = 'default'")
                    .getFirst();
            return MessageRequests.twilio(credential.getFirst(), credential.getLast(), run);
        });
    }

    /** Each tells one of ten thousand users by one channel. */
    public static Beside events() {
        return events("events", "events told by one channel", false);
    }

    /** And leaves an item in the user's inbox. */
    public static Beside eventsInInbox() {
        return events("events-inbox", "events told by one channel and in the inbox", true);
    }

    private static Beside events(String name, String accepted, boolean inInbox) {
        return new Beside(name, accepted, "/v1/events", (database, run) -> {
            for (String statement : List.of(USERS, preferences(inInbox), VACUUM)) {
                database.execute(statement);
            }
            return MessageRequests.events(Rig.API_KEY, run);
        });
    }

    /** They agreed to be told by SMS, and have nothing else; in their inboxes they want it or not. */
    private static String preferences(boolean inInbox) {
        return """
            INSERT INTO preference (account_id, user_id, category, channel, enabled, changed_at)
            SELECT account_id, id, 'orders', c.channel, c.enabled, now()
            FROM app_user, (VALUES ('sms', true), ('in_app', %s)) AS c (channel, enabled)
            ON CONFLICT (account_id, user_id, category, channel) DO UPDATE SET enabled = excluded.enabled""".formatted(inInbox);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean usesBroker() {
        return false;
    }

    @Override
    public List<Figure> run(Setting setting) throws IOException, SQLException {
        RunningProgram gateway = setting.rig().program(Program.GATEWAY, name + "-gateway", Map.of());
        try (gateway) {
            gateway.start();
            gateway.awaitReady();
            LoadResult _ = measure(setting, gateway, "/v1/messages", OURS, setting.warmUp());
            LoadResult _ = measure(setting, gateway, path, way, setting.warmUp());
            double ours = 0;
            double theirs = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                ours += measure(setting, gateway, "/v1/messages", OURS, setting.duration())
                                .messagesPerSecond()
                        / TURNS;
                theirs +=
                        measure(setting, gateway, path, way, setting.duration()).messagesPerSecond() / TURNS;
            }
            return List.of(
                    Figure.of(name, accepted, theirs, "msg/s", new Asked.Nothing()),
                    Figure.of(name, "that, beside /v1/messages", theirs / ours, "x", new Asked.AtLeast(SHARE_MIN))
                            .with("v1_messages_per_second", ours));
        }
    }

    private LoadResult measure(Setting setting, RunningProgram gateway, String what, Way by, Duration duration)
            throws IOException, SQLException {
        setting.progress().accept(name + ": " + what + " for " + duration.toSeconds() + " s");
        setting.rig().reset();
        Requests requests = by.requests(setting.rig().database(), "bench-" + Long.toString(System.nanoTime(), 36));
        return new MessageLoad(requests, CONNECTIONS, new Pace.AsFastAsAnswered(), duration).on(gateway, setting);
    }
}
