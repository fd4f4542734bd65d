package io.heliograph.bench.workers;

import io.heliograph.bench.rig.JavaProcess;
import io.heliograph.bench.rig.RunningProgram;
import io.heliograph.bench.scenario.Setting;
import io.heliograph.contract.Lane;
import io.heliograph.simulator.ledger.Rates;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One limit, and a fleet that grows and then suffers. */
final class LimitTrial {
    /**
     * What the provider saw.
     *
     * @param peakPerSecond messages in any one second, from the first to the last
     * @param peakWithoutJitter the same in any 980 ms: two messages that are a second apart when they leave may have had ways to the
     *     provider's clock that differ by 20 ms
     * @param utilisationPercent of the limit, in the calm after each change, by what had changed
     */
    record Result(
            int peakPerSecond,
            int peakWithoutJitter,
            long messages,
            double seconds,
            int workersMax,
            long sentTwice,
            Map<String, Double> utilisationPercent) {}

    private static final List<Integer> SIZES = List.of(1, 2, 4, 8);

    /** For eight workers to start, on a slow machine. */
    private static final Duration STARTS_MAX = Duration.ofMinutes(3);

    /** What has to be left at the end. */
    private static final int SECONDS_LEFT_MIN = 2;

    private static final Duration FROZEN = Duration.ofSeconds(3);

    /** Those that have just started are still being compiled; after 30 s, four at once on two processors still were. */
    private static final Duration SETTLING = Duration.ofSeconds(60);

    /** A machine with few cores has to hold eight of them; how fast one is does not matter here. */
    private static final List<String> SMALL = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final WorkerFleet fleet;
    private final Setting setting;
    private final String name;
    private final int perSecond;
    private final Duration phase;
    private final Map<String, Double> utilisationPercent = new LinkedHashMap<>();

    private LimitTrial(WorkerFleet fleet, Setting setting, String name, int perSecond) {
        this.fleet = fleet;
        this.setting = setting;
        this.name = name;
        this.perSecond = perSecond;
        this.phase = setting.duration().dividedBy(3);
    }

    static Result run(Setting setting, String name, int perSecond) throws Exception {
        String instances = name + "-" + perSecond;
        try (WorkerFleet fleet = WorkerFleet.start(setting, instances, "per_second: " + perSecond, 0, SMALL)) {
            return new LimitTrial(fleet, setting, name, perSecond).run();
        }
    }

    private Result run() throws Exception {
        Backfill.add(fleet.gateway(), (int) (perSecond * longest().toSeconds()), Lane.NORMAL);
        // It has nothing more to do, and its part of the processors is wanted.
        fleet.gateway().close();
        for (int size : SIZES) {
            grow(size);
            measure(size + (size == 1 ? "_worker" : "_workers"));
        }
        suffer();
        measure("afterwards");
        Backfill.requireLeft(fleet.database(), perSecond * SECONDS_LEFT_MIN);
        Rates seen = fleet.seen();
        return new Result(
                seen.peakPerSecond(),
                seen.peakPer980Millis(),
                seen.received(),
                Duration.between(seen.firstAt(), seen.lastAt()).toMillis() / 1e3,
                SIZES.getLast(),
                fleet.control().summary().messagesAcceptedMoreThanOnce(),
                utilisationPercent);
    }

    private Duration longest() {
        return SETTLING.plus(phase).multipliedBy(SIZES.size() + 1).plus(STARTS_MAX);
    }

    private void grow(int size) throws IOException {
        while (fleet.workers().size() < size) {
            RunningProgram _ = fleet.join();
        }
    }

    /** Two leave, one stands still for a while, and one dies. */
    private void suffer() throws Exception {
        setting.progress().accept(name + ": two workers leave, one freezes, one dies");
        fleet.leave();
        fleet.leave();
        JavaProcess frozen = fleet.workers().getLast().process();
        frozen.freeze();
        Thread.sleep(FROZEN);
        frozen.thaw();
        fleet.kill();
    }

    private void measure(String when) throws InterruptedException {
        Thread.sleep(SETTLING);
        Stretch stretch = Stretch.measure(fleet.control(), phase);
        double percent = stretch.perSecond() / perSecond * 100;
        utilisationPercent.put(when, percent);
        setting.progress()
                .accept("%s: %d/s, %s: %.1f %% used, at most %d in any second"
                        .formatted(name, perSecond, when, percent, fleet.seen().peakPerSecond()));
    }
}
