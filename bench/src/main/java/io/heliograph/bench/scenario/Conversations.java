package io.heliograph.bench.scenario;

import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.load.TurnRequests;
import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Database;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the booking conversation takes to answer: from the storing of what a person wrote to the commit of the answer, at a steady rate, when
 * people are at all places of it.
 */
public final class Conversations implements Scenario {
    private static final String NAME = "conversation";
    private static final int CONNECTIONS = 32;
    private static final double PER_SECOND = 200;
    private static final double LATENCY_MILLIS_MAX = 50;
    /**
     * Until the compilers have seen every place of it often enough; while they work there is one processor less. What is measured goes on from there:
     * emptied tables would have every statement planned anew.
     */
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final Duration DRAIN_MAX = Duration.ofMinutes(2);
    private static final long POLL_NANOS = 50_000_000;

    private static final String CLINIC = """
        INSERT INTO clinic (account_id, name, phone, emergency_number, time_zone, country, notice_minutes, follow_up_minutes, notify, updated_at)
        SELECT id, 'Bench Clinic', '+14155550100', '112', 'UTC', 'US', 120, 1440, '{sms}', now() FROM account WHERE name = 'default'
        ON CONFLICT DO NOTHING;
        INSERT INTO doctor (account_id, id, name, specialisation, slot_minutes, hours, holidays, active, created_at, updated_at)
        SELECT c.account_id, 'bench-' || n, 'Dr Bench ' || n, 'General physician', 30,
               (SELECT jsonb_object_agg(day, '[{"from": "09:00", "to": "17:00"}]'::jsonb)
                FROM unnest('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[]) AS d (day)),
               '[]', true, now(), now()
        FROM clinic c, generate_series(1, 8) n
        ON CONFLICT DO NOTHING;
        INSERT INTO booking_conversation (account_id, days_ahead, contents, updated_at)
        SELECT account_id, 30, '{}', now() FROM clinic ON CONFLICT DO NOTHING;
        INSERT INTO dialog_line (channel, number, account_id, dialog)
        SELECT 'whatsapp', '@number', account_id, 'booking' FROM clinic ON CONFLICT DO NOTHING""";

    /** Notes each answer as the last thing before its commit; what it costs is in the figure. */
    private static final String NOTE_COMMITS = """
        CREATE TABLE IF NOT EXISTS bench_turn (received_at timestamptz, committed_at timestamptz);
        CREATE OR REPLACE FUNCTION bench_turn() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO bench_turn VALUES (NEW.last_at, clock_timestamp());
          RETURN NULL;
        END $$;
        DROP TRIGGER IF EXISTS bench_turn ON conversation;
        CREATE CONSTRAINT TRIGGER bench_turn AFTER INSERT OR UPDATE ON conversation DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION bench_turn()""";

    private static final String FORGET_COMMITS =
            "DROP TRIGGER IF EXISTS bench_turn ON conversation; DROP TABLE IF EXISTS bench_turn";

    private static final String EMPTY = "TRUNCATE inbound_message, inbound_turn, conversation, bench_turn";

    private static final String LATENCIES = """
        SELECT 1000 * extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY committed_at - received_at)),
               1000 * extract(epoch FROM percentile_disc(0.99) WITHIN GROUP (ORDER BY committed_at - received_at)),
               1000 * extract(epoch FROM max(committed_at - received_at)), count(*),
               (SELECT count(*) FROM bench_turn), (SELECT count(*) FROM inbound_message), (SELECT count(*) FROM message)
        FROM bench_turn WHERE received_at >= '@since'""";

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
        setting.rig().reset();
        Database database = setting.rig().database();
        database.execute(CLINIC.replace("@number", TurnRequests.NUMBER));
        database.execute(NOTE_COMMITS);
        RunningProgram gateway = setting.rig().program(Program.GATEWAY, NAME + "-gateway", Map.of());
        try (gateway) {
            gateway.start();
            gateway.awaitReady();
            LoadResult _ = talk(setting, gateway, WARM_UP);
            String since = database.rows("SELECT clock_timestamp()").getFirst().getFirst();
            LoadResult load = talk(setting, gateway, setting.steadyDuration());
            return List.of(figure(database, load, since));
        } finally {
            database.execute(EMPTY);
            database.execute(FORGET_COMMITS);
        }
    }

    private static Figure figure(Database database, LoadResult load, String since) throws IOException, SQLException {
        List<String> row = database.rows(LATENCIES.replace("@since", since)).getFirst();
        if (!row.get(4).equals(row.get(5)) || !row.get(4).equals(row.get(6))) {
            throw new IOException(
                    row.get(5) + " were written, " + row.get(4) + " taken and " + row.get(6) + " answered");
        }
        return Latencies.of(
                load,
                Figure.of(
                                NAME,
                                "stored to answered, p99 at %.0f turns/s".formatted(PER_SECOND),
                                Double.parseDouble(row.get(1)),
                                "ms",
                                new Asked.AtMost(LATENCY_MILLIS_MAX))
                        .with("turn_p50_ms", Double.parseDouble(row.getFirst()))
                        .with("turn_max_ms", Double.parseDouble(row.get(2)))
                        .with("turns", Double.parseDouble(row.get(3))));
    }

    private static LoadResult talk(Setting setting, RunningProgram gateway, Duration duration)
            throws IOException, SQLException {
        setting.progress().accept("%s: %.0f turns/s for %d s".formatted(NAME, PER_SECOND, duration.toSeconds()));
        TurnRequests requests = new TurnRequests(gateway.endpoints().url(), Long.toString(System.nanoTime(), 36));
        try (LoadGenerator generator = LoadGenerator.open(new Load(
                gateway.endpoints().http(), requests, CONNECTIONS, new Pace.PerSecond(PER_SECOND), duration))) {
            LoadResult result = generator.run();
            awaitAnswers(setting.rig().database());
            return result;
        }
    }

    private static void awaitAnswers(Database database) throws IOException, SQLException {
        long deadline = System.nanoTime() + DRAIN_MAX.toNanos();
        while (database.number("SELECT count(*) FROM inbound_turn") > 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Not everybody is answered after " + DRAIN_MAX.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
