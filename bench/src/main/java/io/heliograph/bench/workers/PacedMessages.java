package io.heliograph.bench.workers;

import io.heliograph.bench.load.Load;
import io.heliograph.bench.load.LoadGenerator;
import io.heliograph.bench.load.LoadResult;
import io.heliograph.bench.load.MessageRequests;
import io.heliograph.bench.load.Pace;
import io.heliograph.bench.rig.RunningProgram;
import io.heliograph.contract.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Single messages in one lane at a fixed pace, on a thread of their own. */
final class PacedMessages {
    private final FutureTask<LoadResult> sending;

    private PacedMessages(FutureTask<LoadResult> sending) {
        this.sending = sending;
    }

    static PacedMessages start(
            RunningProgram gateway, String apiKey, Lane lane, double perSecond, int connections, Duration length) {
        Load load = new Load(
                gateway.endpoints().http(),
                MessageRequests.single(apiKey, Runs.next(), lane),
                connections,
                new Pace.PerSecond(perSecond),
                length);
        FutureTask<LoadResult> sending = new FutureTask<>(() -> send(load));
        Thread.ofPlatform().daemon().name("paced " + lane.word()).start(sending);
        return new PacedMessages(sending);
    }

    boolean isOver() {
        return sending.isDone();
    }

    /** Waits for its end. */
    LoadResult await() throws InterruptedException, ExecutionException {
        return sending.get();
    }

    /** The same, where every message must have been accepted. */
    void awaitAccepted() throws IOException, InterruptedException, ExecutionException {
        LoadResult result = await();
        if (result.refused() > 0 || result.broken() > 0) {
            throw new IOException("Not accepted: " + (result.refused() + result.broken()) + " messages");
        }
    }

    private static LoadResult send(Load load) throws IOException {
        try (LoadGenerator generator = LoadGenerator.open(load)) {
            return generator.run();
        }
    }
}
