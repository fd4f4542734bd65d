package io.heliograph.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.NoOpMetricsCollector;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Learns at once that a connection or its channel is gone. The Vert.x client does not tell: it opens another channel in
 * silence, on which no consumer consumes and no confirm listener listens. The hook for metrics is the one place where
 * the driver shows us both.
 */
final class LossWatch extends NoOpMetricsCollector {
    private static final int ABORT_MILLIS_MAX = 1_000;

    private final CompletableFuture<String> loss = new CompletableFuture<>();
    private final AtomicInteger channels = new AtomicInteger();
    private volatile @Nullable Connection connection;

    /** Completes with the reason, once, when the connection cannot be trusted any more. */
    CompletableFuture<String> loss() {
        return loss;
    }

    /** Marks the connection as lost and closes its socket, whether the broker answers or not. */
    void discard(String reason) {
        boolean _ = loss.complete(reason);
        Connection opened = connection;
        if (opened != null) {
            abort(opened);
        }
    }

    @Override
    public void newConnection(Connection opened) {
        connection = opened;
        opened.addShutdownListener(this::lost);
        if (loss.isDone()) {
            // Whoever wanted it has given up waiting.
            abort(opened);
        }
    }

    @Override
    public void newChannel(Channel channel) {
        channel.addShutdownListener(this::lost);
        if (channels.incrementAndGet() > 1) {
            discard("The channel was replaced");
        }
    }

    private void lost(ShutdownSignalException cause) {
        discard(String.valueOf(cause.getMessage()));
    }

    private static void abort(Connection connection) {
        // It blocks until the broker answers or the time is over.
        Thread _ = Thread.startVirtualThread(() -> connection.abort(ABORT_MILLIS_MAX));
    }
}
