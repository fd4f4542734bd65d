package io.heliograph.bench.scenario;

import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.MessageRequests;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Rig;
import java.time.Duration;
import java.util.List;

/** How long a person waits for a code because of us: some a second through an idle house, from their commit to the provider's call. */
public final class CodeLatency implements Scenario {
    private static final String NAME = "code-latency";
    private static final int CONNECTIONS = 4;
    private static final double PER_SECOND = 10;
    /** Warms three processes up. */
    private static final double PER_SECOND_BEFORE = 500;

    private static final double LATENCY_MILLIS_MAX = 50;
    private static final Duration DRAIN_MAX = Duration.ofMinutes(1);

    private static final String LATENCIES = """
        SELECT 1000 * extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY a.started_at - m.created_at)),
               1000 * extract(epoch FROM percentile_disc(0.99) WITHIN GROUP (ORDER BY a.started_at - m.created_at)),
               1000 * extract(epoch FROM max(a.started_at - m.created_at)), count(*)
        FROM message m JOIN attempt a ON a.message_id = m.id AND a.n = 1""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return true;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        setting.rig().reset();
        setting.rig().database().forgetProviders();
        try (Pipeline pipeline = Pipeline.toNowhere(setting.rig(), NAME, Verifications.WITHOUT_SHARED_LIMITS)) {
            pipeline.start();
            LoadResult _ =
                    run(setting, pipeline, PER_SECOND_BEFORE, setting.warmUp().multipliedBy(2));
            setting.rig().database().reset();
            LoadResult idle = run(setting, pipeline, PER_SECOND, setting.steadyDuration());
            List<String> row = setting.rig().database().rows(LATENCIES).getFirst();
            Figure figure = Figure.of(
                            NAME,
                            "accept to provider, p99 at idle",
                            Double.parseDouble(row.get(1)),
                            "ms",
                            new Asked.AtMost(LATENCY_MILLIS_MAX))
                    .with("to_provider_p50_ms", Double.parseDouble(row.getFirst()))
                    .with("to_provider_max_ms", Double.parseDouble(row.get(2)))
                    .with("codes", Double.parseDouble(row.get(3)));
            return List.of(Latencies.of(idle, figure));
        }
    }

    private static LoadResult run(Setting setting, Pipeline pipeline, double perSecond, Duration duration)
            throws Exception {
        setting.progress().accept("%s: %.0f codes/s for %d s".formatted(NAME, perSecond, duration.toSeconds()));
        String run = "bench-" + Long.toString(System.nanoTime(), 36);
        try (LoadGenerator generator = LoadGenerator.open(new Load(
                pipeline.gateway().endpoints().http(),
                MessageRequests.codes(Rig.API_KEY, run),
                CONNECTIONS,
                new Pace.PerSecond(perSecond),
                duration))) {
            LoadResult result = generator.run();
            Duration _ = pipeline.awaitEmptyOutbox(DRAIN_MAX);
            return result;
        }
    }
}
