package io.heliograph.bench;

import io.heliograph.bench.report.Figure;
import io.heliograph.bench.report.Machine;
import io.heliograph.bench.report.Report;
import io.heliograph.bench.report.ReportJson;
import io.heliograph.bench.report.ReportTable;
import io.heliograph.bench.report.Yardsticks;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.scenario.Accept;
import io.heliograph.bench.scenario.Analytics;
import io.heliograph.bench.scenario.Beside;
import io.heliograph.bench.scenario.Bookings;
import io.heliograph.bench.scenario.Callbacks;
import io.heliograph.bench.scenario.Campaigns;
import io.heliograph.bench.scenario.CodeLatency;
import io.heliograph.bench.scenario.Conversations;
import io.heliograph.bench.scenario.Drain;
import io.heliograph.bench.scenario.EndToEnd;
import io.heliograph.bench.scenario.OutboxGrowth;
import io.heliograph.bench.scenario.Scenario;
import io.heliograph.bench.scenario.Setting;
import io.heliograph.bench.scenario.Sos;
import io.heliograph.bench.scenario.Streams;
import io.heliograph.bench.scenario.Verifications;
import io.heliograph.bench.scenario.WebhookDeliveries;
import io.heliograph.bench.workers.FleetLimits;
import io.heliograph.bench.workers.Lanes;
import io.heliograph.bench.workers.LimiterCost;
import io.heliograph.bench.workers.Scaling;
import io.heliograph.bench.workers.SingleWorker;
import io.heliograph.bench.yardstick.PerfTest;
import io.heliograph.bench.yardstick.Pgbench;
import io.heliograph.testing.PrivateRabbit;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ./heliograph bench}: how fast it is on this machine, and how that compares with what was asked. */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class Bench {
    private static final List<Scenario> SCENARIOS = List.of(
            Accept.singles(),
            Accept.batches(),
            new Callbacks(),
            Beside.twilioApi(),
            Beside.events(),
            Beside.eventsInInbox(),
            new Verifications(),
            new Bookings(),
            new Conversations(),
            new CodeLatency(),
            new Campaigns(),
            new Analytics(),
            new Sos(),
            EndToEnd.toNowhere(),
            EndToEnd.throughTwilio(),
            EndToEnd.throughPlivo(),
            EndToEnd.throughPlivoByTheHundred(),
            EndToEnd.throughPlivoAndBack(),
            new Drain(),
            new OutboxGrowth(),
            new Streams(),
            new WebhookDeliveries(),
            new SingleWorker(),
            new Scaling(),
            Lanes.beforeHundredThousand(),
            new LimiterCost(),
            Lanes.beforeMillion(),
            new FleetLimits());

    private static final String HELP = """
        Usage: heliograph bench [--quick] [--only NAME,...] [--seconds N] [--json FILE]

        Measures on a PostgreSQL and a RabbitMQ of its own, against yardsticks measured in the same run.

          --quick          shorter loads: an impression in a few minutes
          --only NAME,...  some scenarios: {names}
                           (outbox, streams, lanes-million and limits run only when they are named)
          --seconds N      length of each measured load
          --json FILE      write the figures there too
          --help           this text

        Exit code 0 also when a figure misses what was asked (it says MISS); 1 when something broke.
        """;

    private final BenchOptions options;
    private final Rig rig;
    private final Pgbench pgbench;
    private final List<Double> transactionsPerSecond = new ArrayList<>();
    private final List<Double> brokerMessagesPerSecond = new ArrayList<>();

    private Bench(BenchOptions options, Rig rig, Pgbench pgbench) {
        this.options = options;
        this.rig = rig;
        this.pgbench = pgbench;
    }

    public static void main(String[] arguments) {
        List<String> names = SCENARIOS.stream().map(Scenario::name).toList();
        try {
            BenchOptions options = BenchOptions.parse(List.of(arguments), names);
            if (options.help()) {
                System.out.print(HELP.replace("{names}", String.join(", ", names)));
            } else {
                run(options);
            }
            System.exit(0);
        } catch (IllegalArgumentException e) {
            System.err.println("heliograph bench: " + e.getMessage());
            System.exit(2);
        } catch (IllegalStateException e) {
            System.err.println("heliograph bench: " + e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            System.err.println("heliograph bench: something broke: " + e);
            System.exit(1);
        }
    }

    private static void run(BenchOptions options) throws Exception {
        progress("starting PostgreSQL");
        Rig rig = Rig.start("bench", List.of());
        try (rig) {
            Report report = new Bench(options, rig, Pgbench.find(rig.folder())).measure();
            System.out.println();
            System.out.print(ReportTable.render(report));
            if (options.json() != null) {
                Files.writeString(options.json(), ReportJson.render(report).encodePrettily() + "\n");
            }
        }
        rig.delete();
    }

    private Report measure() throws Exception {
        List<Scenario> scenarios = SCENARIOS.stream()
                .filter(scenario -> options.only().isEmpty()
                        ? !scenario.isLong()
                        : options.only().contains(scenario.name()))
                .toList();
        boolean broker = scenarios.stream().anyMatch(Scenario::usesBroker);
        if (broker) {
            PrivateRabbit.requireInstalled();
        }
        Machine machine = Machine.describe(rig.folder());
        measureYardsticks(broker);
        Setting setting = new Setting(
                rig,
                transactionsPerSecond.getFirst(),
                Duration.ofSeconds(seconds(30, 10)),
                Duration.ofSeconds(seconds(60, 20)),
                Duration.ofSeconds(options.quick() || options.seconds() != null ? 6 : 12),
                Bench::progress);
        List<Figure> figures = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            figures.addAll(scenario.run(setting));
        }
        measureYardsticks(broker);
        return new Report(machine, versions(), new Yardsticks(transactionsPerSecond, brokerMessagesPerSecond), figures);
    }

    private void measureYardsticks(boolean broker) throws Exception {
        int seconds = seconds(20, 8);
        progress("yardstick: pgbench for " + seconds + " s");
        // The account that its rows belong to.
        rig.database().execute("INSERT INTO account (name) VALUES ('default') ON CONFLICT DO NOTHING");
        rig.database().reset();
        transactionsPerSecond.add(pgbench.transactionsPerSecond(rig.database().url(), seconds));
        rig.database().reset();
        if (broker) {
            progress("yardstick: RabbitMQ PerfTest for " + seconds + " s");
            brokerMessagesPerSecond.add(PerfTest.messagesPerSecond(rig.rabbit().url(), rig.folder(), seconds));
        }
    }

    private int seconds(int normal, int quick) {
        Integer asked = options.seconds();
        return asked != null ? asked : options.quick() ? quick : normal;
    }

    private Map<String, String> versions() throws Exception {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put(
                "PostgreSQL",
                rig.database().rows("SHOW server_version").getFirst().getFirst());
        return versions;
    }

    private static void progress(String line) {
        System.err.println("bench: " + line);
    }
}
