package io.heliograph.bench.scenario;

import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.MessageRequests;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.rig.Rig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;

/** Messages at a fixed rate into a running pipeline, so many in each request, watched until the last is sent. */
final class SteadyLoad {
    private static final int CONNECTIONS = 128;
    private static final Duration DRAIN_MAX = Duration.ofMinutes(10);

    /** Of what was accepted between $from and $to; times are the database's own. */
    private static final String COUNT = """
        SELECT (SELECT count(*) FROM message WHERE sent_at >= '$from' AND sent_at < '$to'),
               (SELECT count(*) FROM callback WHERE received_at >= '$from' AND received_at < '$to'),
               (SELECT count(*) FROM message WHERE status NOT IN ('sent', 'delivered'))""";

    private static final String LATENCIES = """
        SELECT 1000 * extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY sent_at - created_at)),
               1000 * extract(epoch FROM percentile_disc(0.99) WITHIN GROUP (ORDER BY sent_at - created_at)),
               1000 * extract(epoch FROM max(sent_at - created_at))
        FROM message
        WHERE created_at >= '$from' AND created_at < '$to' AND sent_at IS NOT NULL""";

    private final Pipeline pipeline;
    private final int perRequest;

    SteadyLoad(Pipeline pipeline, int perRequest) {
        this.pipeline = pipeline;
        this.perRequest = perRequest;
    }

    SteadyResult run(double perSecond, Duration warmUp, Duration duration) throws Exception {
        Load load = new Load(
                pipeline.gateway().endpoints().http(),
                requests("bench-" + Long.toString(System.nanoTime(), 36)),
                CONNECTIONS,
                new Pace.PerSecond(perSecond / perRequest),
                warmUp.plus(duration));
        Backlog backlog = new Backlog();
        String start = now();
        FutureTask<LoadResult> generating = new FutureTask<>(() -> generate(load));
        Thread.ofPlatform().name("load").start(generating);
        backlog.watch(pipeline.database(), generating::isDone);
        LoadResult result = generating.get();
        Duration drain = pipeline.awaitEmptyOutbox(DRAIN_MAX);
        return result(perSecond, result, backlog, drain, new Window(start, warmUp, duration));
    }

    private MessageRequests requests(String run) {
        return perRequest == 1
                ? MessageRequests.single(Rig.API_KEY, run)
                : MessageRequests.batch(Rig.API_KEY, run, perRequest);
    }

    /** A stretch of the database's time. */
    private record Window(String start, Duration after, Duration length) {
        String in(String sql) {
            String from = "timestamptz '" + start + "' + interval '" + after.toMillis() + " ms'";
            String to = from + " + interval '" + length.toMillis() + " ms'";
            return sql.replace("'$from'", from).replace("'$to'", to);
        }
    }

    private static LoadResult generate(Load load) throws Exception {
        try (LoadGenerator generator = LoadGenerator.open(load)) {
            return generator.run();
        }
    }

    private String now() throws Exception {
        return pipeline.database().rows("SELECT clock_timestamp()").getFirst().getFirst();
    }

    private SteadyResult result(double perSecond, LoadResult load, Backlog backlog, Duration drain, Window window)
            throws Exception {
        List<String> counts = pipeline.database().rows(window.in(COUNT)).getFirst();
        List<String> latencies = pipeline.database().rows(window.in(LATENCIES)).getFirst();
        if (!counts.get(2).equals("0")) {
            throw new IllegalStateException(counts.get(2) + " messages were not sent");
        }
        double seconds = window.length.toMillis() / 1e3;
        return new SteadyResult(
                perSecond,
                load,
                Long.parseLong(counts.get(0)) / seconds,
                Long.parseLong(counts.get(1)) / seconds,
                new SteadyResult.AcceptToSent(
                        number(latencies.get(0)), number(latencies.get(1)), number(latencies.get(2))),
                backlog.growthPerSecond(window.after.toMillis() / 1e3),
                backlog.promisesMax(window.after.toMillis() / 1e3),
                backlog.megabytesMax(),
                drain.toMillis() / 1e3);
    }

    private static double number(String text) {
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }
}
