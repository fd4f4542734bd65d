package io.heliograph.bench.scenario;

import io.heliograph.bench.load.BookingRequests;
import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Appointments: as many as one gateway can book, each with its history, its confirmation, its promise and three reminders. */
public final class Bookings implements Scenario {
    private static final String NAME = "booking";
    private static final int CONNECTIONS = 256;
    private static final double TIMES_Y = 0.5;
    private static final int REMINDERS = 3;

    private static final String CLINIC = """
        INSERT INTO clinic (account_id, name, phone, emergency_number, time_zone, country, notice_minutes, follow_up_minutes, notify, updated_at)
        SELECT id, 'Bench Clinic', '+14155550100', '112', 'UTC', 'US', 120, 1440, '{sms}', now() FROM account WHERE name = 'default'""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return false;
    }

    @Override
    public List<Figure> run(Setting setting) throws IOException, SQLException {
        RunningProgram gateway = setting.rig().program(Program.GATEWAY, NAME + "-gateway", Map.of());
        try (gateway) {
            gateway.start();
            gateway.awaitReady();
            LoadResult _ = book(setting, gateway, "warming up", setting.warmUp());
            LoadResult most = book(setting, gateway, "as fast as it can", setting.duration());
            List<Figure> figures = new ArrayList<>();
            figures.add(Latencies.of(
                    most,
                    Figure.of(
                            NAME,
                            "appointments booked",
                            most.messagesPerSecond(),
                            "bookings/s",
                            new Asked.TimesY(TIMES_Y))));
            figures.addAll(Heaps.figures(NAME, gateway));
            return figures;
        }
    }

    private static LoadResult book(Setting setting, RunningProgram gateway, String what, Duration duration)
            throws IOException, SQLException {
        setting.rig().reset();
        setting.rig().database().execute(CLINIC);
        setting.rig().database().execute(doctors(BookingRequests.DOCTORS));
        setting.progress().accept(NAME + ": " + what + " for " + duration.toSeconds() + " s");
        String run = "bench-" + Long.toString(System.nanoTime(), 36);
        // The day after tomorrow: all three reminders make sense.
        LocalDate first = LocalDate.now(ZoneOffset.UTC).plusDays(2);
        Load load = new Load(
                gateway.endpoints().http(),
                new BookingRequests(Rig.API_KEY, run, first),
                CONNECTIONS,
                new Pace.AsFastAsAnswered(),
                duration);
        try (LoadGenerator generator = LoadGenerator.open(load)) {
            LoadResult result = generator.run();
            check(setting, result);
            return result;
        }
    }

    /** Each sees a patient every five minutes, day and night. */
    private static String doctors(int count) {
        return """
        INSERT INTO doctor (account_id, id, name, specialisation, slot_minutes, hours, holidays, active, created_at, updated_at)
        SELECT c.account_id, 'bench-' || lpad(n::text, 3, '0'), 'Dr. Bench', 'Speed', 5,
               (SELECT jsonb_object_agg(day, '[{"from": "00:00", "to": "23:55"}]'::jsonb)
                FROM unnest('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[]) AS d (day)),
               '[]', true, now(), now()
        FROM clinic c, generate_series(0, %d) n""".formatted(count - 1);
    }

    /** Every booking that was answered is stored as a whole. */
    private static void check(Setting setting, LoadResult result) throws IOException, SQLException {
        long booked = count(setting, "appointment");
        boolean isWhole = booked == count(setting, "appointment_history")
                && booked == count(setting, "appointment_notice")
                && booked == count(setting, "message")
                && booked == count(setting, "outbox")
                && booked * REMINDERS == count(setting, "appointment_reminder");
        if (result.refused() > 0 || booked < result.accepted() || !isWhole) {
            throw new IOException("Refused " + result.refused() + " bookings, answered " + result.accepted()
                    + ", and stored " + booked + (isWhole ? "" : ", not all of them as a whole"));
        }
    }

    private static long count(Setting setting, String table) throws SQLException {
        return setting.rig().database().number("SELECT count(*) FROM " + table);
    }
}
