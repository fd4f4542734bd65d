package io.heliograph.bench.workers;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Database;
import io.heliograph.bench.scenario.Scenario;
import io.heliograph.bench.scenario.Setting;
import io.heliograph.contract.Lane;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One account's campaign waits for a limited provider; what another account sends meanwhile must hardly notice. */
public final class Lanes implements Scenario {
    private static final int PER_SECOND = 1_000;
    private static final double USED_PERCENT_MIN = 95;
    private static final int CONNECTIONS = 4;
    private static final Duration LAST_MAX = Duration.ofSeconds(60);

    private static final String UNSENT = """
        SELECT count(*) FROM message m JOIN account a ON a.id = m.account_id
        WHERE a.name = 'ACCOUNT' AND m.sent_at IS NULL""";

    /** Milliseconds from the commit of a message to that of its record. */
    private static final String DELAYS = """
        SELECT 1000 * extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY m.sent_at - m.created_at)),
               1000 * extract(epoch FROM percentile_disc(0.99) WITHIN GROUP (ORDER BY m.sent_at - m.created_at)),
               1000 * extract(epoch FROM max(m.sent_at - m.created_at)),
               count(*)
        FROM message m JOIN account a ON a.id = m.account_id
        WHERE a.name = 'ACCOUNT' AND m.lane = 'LANE'""";

    /** What another account sends beside the campaign, and how long that may take. */
    private record Beside(Lane lane, double perSecond, double millisMax) {}

    private static final List<Beside> BESIDE =
            List.of(new Beside(Lane.NORMAL, 10, 2_000), new Beside(Lane.CRITICAL, 4, 1_000));

    private final String name;
    private final int bulk;
    private final boolean isLong;

    private Lanes(String name, int bulk, boolean isLong) {
        this.name = name;
        this.bulk = bulk;
        this.isLong = isLong;
    }

    public static Lanes beforeHundredThousand() {
        return new Lanes("lanes", 100_000, false);
    }

    public static Lanes beforeMillion() {
        return new Lanes("lanes-million", 1_000_000, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean usesBroker() {
        return true;
    }

    @Override
    public boolean isLong() {
        return isLong;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        // A name of its own for each run: what an earlier one sent is not counted.
        Tenant tenant = Tenant.open(setting.rig().database(), name + "-" + Runs.next());
        try (WorkerFleet fleet = WorkerFleet.start(setting, name, "per_second: " + PER_SECOND, 0, List.of())) {
            Duration length = setting.steadyDuration();
            int needed = PER_SECOND * (int) (length.plus(setting.warmUp()).toSeconds() + 20);
            setting.progress().accept(name + ": taking in a campaign");
            Backfill.add(fleet.gateway(), Math.max(bulk, needed), Lane.BULK);
            Thread.sleep(setting.warmUp());
            setting.progress().accept(name + ": another account beside it for " + length.toSeconds() + " s");
            List<PacedMessages> others = BESIDE.stream()
                    .map(beside -> PacedMessages.start(
                            fleet.gateway(), tenant.apiKey(), beside.lane(), beside.perSecond(), CONNECTIONS, length))
                    .toList();
            Stretch stretch = Stretch.measure(fleet.control(), length);
            for (PacedMessages other : others) {
                other.awaitAccepted();
            }
            Backfill.requireLeft(fleet.database(), Backfill.LEFT_MIN);
            awaitSent(fleet.database(), tenant);
            return figures(fleet, tenant, stretch);
        }
    }

    private static void awaitSent(Database database, Tenant tenant) throws Exception {
        long deadline = System.nanoTime() + LAST_MAX.toNanos();
        while (database.number(UNSENT.replace("ACCOUNT", tenant.account())) > 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Not sent within " + LAST_MAX.toSeconds() + " s of the last");
            }
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private List<Figure> figures(WorkerFleet fleet, Tenant tenant, Stretch stretch) throws SQLException {
        List<Figure> figures = new ArrayList<>();
        for (Beside beside : BESIDE) {
            figures.addAll(delays(fleet.database(), tenant, beside));
        }
        double used = stretch.perSecond() / PER_SECOND * 100;
        figures.add(Figure.of(name, "provider's limit used", used, "%", new Asked.AtLeast(USED_PERCENT_MIN))
                .with("peak_per_second", fleet.seen().peakPerSecond()));
        return figures;
    }

    private List<Figure> delays(Database database, Tenant tenant, Beside beside) throws SQLException {
        String lane = beside.lane().word();
        List<String> row = database.rows(
                        DELAYS.replace("ACCOUNT", tenant.account()).replace("LANE", lane))
                .getFirst();
        Asked asked = new Asked.AtMost(beside.millisMax());
        return List.of(
                Figure.of(name, lane + ", accept to sent, p99", Double.parseDouble(row.get(1)), "ms", asked)
                        .with("p50_ms", Double.parseDouble(row.get(0)))
                        .with("messages", Double.parseDouble(row.get(3))),
                Figure.of(name, lane + ", accept to sent, max", Double.parseDouble(row.get(2)), "ms", asked));
    }
}
