package io.heliograph.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all bodies together, of all event loops, may take of the heap while they arrive and are worked on, and how long a
 * big one may take to arrive: one that is sent half and held open costs as much as it announces. Comes before the handler that
 * reads them.
 */
public final class BodyBudget {
    private static final Problem FULL = Problem.unavailable(
            "Too many large requests are arriving; nothing of this one was stored. Repeat it later.");

    /** Of the heap. */
    private static final int SHARE = 4;

    private static final Duration ARRIVAL_MAX = Duration.ofSeconds(30);
    /** What is smaller is not worth a timer. */
    private static final long TIMED_BYTES_MIN = 16_384;

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    public BodyBudget(long heapBytes) {
        this.bytesMax = heapBytes / SHARE;
    }

    /** {@code bodyBytesMax} is what one body may have; a longer one is refused by the handler that reads it. */
    public void admit(RoutingContext context, long bodyBytesMax) {
        long announced = announced(context.request(), bodyBytesMax);
        if (announced > 0 && announced <= bodyBytesMax) {
            reserve(context, announced);
        }
        context.next();
    }

    private void reserve(RoutingContext context, long announced) {
        if (bytes.addAndGet(announced) > bytesMax) {
            bytes.addAndGet(-announced);
            throw FULL.exception();
        }
        long timer = announced < TIMED_BYTES_MIN ? -1 : endLate(context);
        context.addEndHandler(ended -> {
            bytes.addAndGet(-announced);
            if (timer >= 0) {
                boolean _ = context.vertx().cancelTimer(timer);
            }
        });
    }

    private static long endLate(RoutingContext context) {
        Vertx vertx = context.vertx();
        HttpServerRequest request = context.request();
        return vertx.setTimer(ARRIVAL_MAX.toMillis(), late -> {
            if (!request.isEnded()) {
                var _ = request.connection().close();
            }
        });
    }

    /** As much as it may have, where it does not say. */
    private static long announced(HttpServerRequest request, long bodyBytesMax) {
        String length = request.getHeader("Content-Length");
        if (length == null) {
            boolean mayHaveOne = request.headers().contains("Transfer-Encoding")
                    || (request.version() == HttpVersion.HTTP_2 && !request.isEnded());
            return mayHaveOne ? bodyBytesMax : 0;
        }
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException _) {
            return bodyBytesMax;
        }
    }
}
