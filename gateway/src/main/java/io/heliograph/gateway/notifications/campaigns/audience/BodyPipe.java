package io.heliograph.gateway.notifications.campaigns.audience;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A body as it arrives on an event loop, for a thread that may wait. No more of it is asked for than the thread has read, so that it takes
 * a few buffers of memory, however long it is.
 */
final class BodyPipe extends InputStream {
    /** Of what arrives at a time: 64 KiB at the most. */
    private static final int BUFFERS_MAX = 8;

    private static final long WAIT_SECONDS_MAX = 30;
    private static final long BYTES_MAX = 1L << 30;

    private sealed interface Arrived {
        record Part(Buffer buffer) implements Arrived {}

        record End() implements Arrived {}

        record Broken(Throwable failure) implements Arrived {}
    }

    private final long beganNanos = System.nanoTime();
    private final HttpServerRequest request;
    private final Context context;
    private final Duration allMax;
    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    private Buffer part = Buffer.buffer();
    private int position;
    private long bytes;
    private boolean isOver;

    /** On the event loop, of a request that is paused. {@code allMax} is how long the body as a whole may take. */
    BodyPipe(HttpServerRequest request, Context context, Duration allMax) {
        this.request = request;
        this.context = context;
        this.allMax = allMax;
        HttpServerRequest _ = request.handler(buffer -> put(new Arrived.Part(buffer)))
                .endHandler(end -> put(new Arrived.End()))
                .exceptionHandler(failure -> put(new Arrived.Broken(failure)))
                .fetch(BUFFERS_MAX);
    }

    private void put(Arrived what) {
        boolean _ = arrived.add(what);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (!isOver && position == part.length()) {
            next();
        }
        if (isOver) {
            return -1;
        }
        int read = Math.min(length, part.length() - position);
        Buffer _ = part.getBytes(position, position + read, into, from);
        position += read;
        return read;
    }

    private void next() throws IOException {
        // A place is nobody's for as long as a byte arrives now and then.
        if (System.nanoTime() - beganNanos > allMax.toNanos()) {
            throw tooSlow("The body did not arrive within " + allMax.toMinutes() + " minutes");
        }
        try {
            switch (arrived.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                case Arrived.Part(Buffer buffer) -> take(buffer);
                case Arrived.End() -> isOver = true;
                case Arrived.Broken(Throwable failure) -> throw new IOException("The body broke off", failure);
                case null -> throw tooSlow("Nothing more of the body arrived for " + WAIT_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static RuntimeException tooSlow(String what) {
        return Problem.of(ProblemCode.BODY_TOO_SLOW, what + "; nothing of it is in force. Send it again.")
                .exception();
    }

    private void take(Buffer buffer) {
        part = buffer;
        position = 0;
        bytes += buffer.length();
        if (bytes > BYTES_MAX) {
            throw Problem.of(ProblemCode.BODY_TOO_LARGE, "An audience is at most 1 GiB.")
                    .exception();
        }
        context.runOnContext(asked -> {
            HttpServerRequest _ = request.fetch(1);
        });
    }
}
