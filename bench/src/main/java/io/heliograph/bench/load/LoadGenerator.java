package io.heliograph.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Runs a load on the calling thread: one selector, plain sockets, no object made for a request. At most a millisecond
 * passes between a request's time and its sending while the thread is not starved, and that too counts as its latency.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final long LATENCY_MICROS_MAX = 120_000_000;
    private static final long LAST_ANSWERS_NANOS_MAX = 15_000_000_000L;
    private static final int WAIT_MILLIS = 1;

    private final Load load;
    private final Selector selector;
    private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
    private final Histogram latenciesMicros = new Histogram(LATENCY_MICROS_MAX, 3);
    private final AtomicLong accepted = new AtomicLong();
    private long refused;
    private long broken;
    private long inFlight;
    private long nextDueNanos;

    private LoadGenerator(Load load, Selector selector) {
        this.load = load;
        this.selector = selector;
    }

    public static LoadGenerator open(Load load) throws IOException {
        LoadGenerator generator = new LoadGenerator(load, Selector.open());
        for (int i = 0; i < load.connections(); i++) {
            generator.idle.add(generator.connect());
        }
        return generator;
    }

    /** Messages accepted so far; for another thread that watches. */
    public long messagesAccepted() {
        return accepted.get() * load.requests().messagesPerRequest();
    }

    public LoadResult run() throws IOException {
        long start = System.nanoTime();
        long end = start + load.duration().toNanos();
        long last = end + LAST_ANSWERS_NANOS_MAX;
        nextDueNanos = start;
        while (System.nanoTime() < end) {
            sendDue(end);
            await();
        }
        long acceptedInTime = accepted.get();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        // What was due is sent, however late, and waited for: or the worst latencies would be left out.
        while ((inFlight > 0 || isBehind(end)) && System.nanoTime() < last) {
            sendDue(end);
            await();
        }
        return new LoadResult(
                accepted.get(),
                acceptedInTime,
                refused,
                broken + inFlight,
                load.requests().messagesPerRequest(),
                elapsed,
                latenciesMicros);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            connection(key).close();
        }
        selector.close();
    }

    private boolean isBehind(long end) {
        return load.pace() instanceof Pace.PerSecond && nextDueNanos < end;
    }

    private void sendDue(long end) throws IOException {
        switch (load.pace()) {
            case Pace.AsFastAsAnswered _ -> {
                for (long now = System.nanoTime(); !idle.isEmpty() && now < end; now = System.nanoTime()) {
                    send(now);
                }
            }
            case Pace.PerSecond pace -> {
                long now = System.nanoTime();
                while (!idle.isEmpty() && nextDueNanos <= now && nextDueNanos < end) {
                    send(nextDueNanos);
                    nextDueNanos += (long) (1e9 / pace.requests());
                }
            }
        }
    }

    private void send(long dueNanos) throws IOException {
        idle.remove().send(load.requests(), dueNanos);
        inFlight++;
    }

    private void await() throws IOException {
        int _ = selector.select(this::advance, WAIT_MILLIS);
    }

    private void advance(SelectionKey key) {
        LoadConnection connection = connection(key);
        try {
            if (connection.advance()) {
                inFlight--;
                count(connection);
                idle.add(connection);
            }
        } catch (IOException e) {
            inFlight--;
            broken++;
            replace(connection);
        }
    }

    private void count(LoadConnection connection) {
        if (load.requests().accepts(connection.status())) {
            accepted.lazySet(accepted.get() + 1);
            latenciesMicros.recordValue(
                    Math.min((System.nanoTime() - connection.dueNanos()) / 1_000, LATENCY_MICROS_MAX));
        } else {
            refused++;
        }
    }

    /** A server that cannot be connected to is not there any more: the load is over. */
    private void replace(LoadConnection connection) {
        try {
            connection.close();
            idle.add(connect());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private LoadConnection connect() throws IOException {
        return LoadConnection.open(load.port(), selector, load.requests().messagesPerRequest());
    }

    private static LoadConnection connection(SelectionKey key) {
        return (LoadConnection) key.attachment();
    }
}
