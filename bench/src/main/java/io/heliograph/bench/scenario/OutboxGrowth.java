package io.heliograph.bench.scenario;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Five million messages, one after the other: the table of promises must not grow with what went through it. */
public final class OutboxGrowth implements Scenario {
    private static final String NAME = "outbox";
    private static final double MESSAGES = 5_000_000;
    private static final double MEGABYTES_MAX = 200;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return true;
    }

    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        setting.rig().reset();
        try (Pipeline pipeline = Pipeline.toNowhere(setting.rig(), NAME)) {
            pipeline.start();
            SteadyLoad load = new SteadyLoad(pipeline, 1);
            SteadyResult _ = load.run(
                    setting.y() / 2,
                    setting.warmUp().dividedBy(2),
                    setting.warmUp().dividedBy(2));
            double rate = 0.9 * new RateSearch(setting, NAME, load).highest(setting.y());
            Duration duration = Duration.ofSeconds((long) (MESSAGES / rate));
            setting.progress().accept("%s: %.0f/s for %d s".formatted(NAME, rate, duration.toSeconds()));
            SteadyResult result = load.run(rate, Duration.ZERO, duration);
            List<Figure> figures = new ArrayList<>();
            figures.add(result.details(Figure.of(
                            NAME,
                            "outbox table, most",
                            result.outboxMegabytesMax(),
                            "MB",
                            new Asked.AtMost(MEGABYTES_MAX))
                    .with("messages", (double) result.load().messages())));
            figures.addAll(Heaps.figures(NAME, pipeline.programs()));
            return figures;
        }
    }
}
