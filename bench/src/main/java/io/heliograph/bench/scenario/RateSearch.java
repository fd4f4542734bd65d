package io.heliograph.bench.scenario;

import java.time.Duration;

/** Finds the highest rate that a pipeline holds, to within a sixteenth: by short loads, each a step from the last. */
final class RateSearch {
    private static final double STEP = 1.25;
    private static final int STEPS_MAX = 8;
    private static final int HALVINGS = 2;
    private static final double SMALL_STEP = 1.0625;

    private final Setting setting;
    private final String name;
    private final SteadyLoad load;

    RateSearch(Setting setting, String name, SteadyLoad load) {
        this.setting = setting;
        this.name = name;
        this.load = load;
    }

    /**
     * Begins at the given rate and goes up while it is held, or down until it is; then tries between the last two. What was too much
     * at first may hold by then: the programs were still being compiled.
     */
    double highest(double start) throws Exception {
        double rate = roughly(start);
        for (int step = 0; step < STEPS_MAX && holds(rate * SMALL_STEP); step++) {
            rate *= SMALL_STEP;
        }
        return rate;
    }

    private double roughly(double start) throws Exception {
        double rate = start;
        boolean up = holds(rate);
        for (int step = 0; step < STEPS_MAX; step++) {
            double next = up ? rate * STEP : rate / STEP;
            if (holds(next) != up) {
                return between(Math.min(rate, next), Math.max(rate, next));
            }
            rate = next;
        }
        return rate;
    }

    private double between(double held, double tooMuch) throws Exception {
        double most = held;
        double least = tooMuch;
        for (int half = 0; half < HALVINGS; half++) {
            double middle = Math.sqrt(most * least);
            if (holds(middle)) {
                most = middle;
            } else {
                least = middle;
            }
        }
        return most;
    }

    private boolean holds(double rate) throws Exception {
        // Long enough for a trend, and for the backlog of a slow beginning to be worked off.
        Duration warmUp = Duration.ofSeconds(4);
        SteadyResult result = load.run(rate, warmUp, Duration.ofSeconds(8));
        setting.progress()
                .accept("%s: %.0f/s offered, %.0f/s sent, backlog %+.0f/s"
                        .formatted(name, rate, result.sentPerSecond(), result.backlogGrowthPerSecond()));
        return result.isSteady();
    }
}
