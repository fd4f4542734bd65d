package io.heliograph.gateway.http;

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

    public static final Duration ARRIVAL_MAX = Duration.ofSeconds(30);
    /** What is smaller is not worth a timer. */
    private static final long TIMED_BYTES_MIN = 16_384;

    private static final String BYTES_MAX = "bytes of a body";

    private final long bytesMax;
    private final Duration arrivalMax;
    private final AtomicLong bytes = new AtomicLong();

    /** {@code arrivalMax} is for a body that may have 16 KiB or more. */
    public BodyBudget(long heapBytes, Duration arrivalMax) {
        this.bytesMax = heapBytes / SHARE;
        this.arrivalMax = arrivalMax;
    }

    /** {@code bodyBytesMax} is what one body may have; a longer one is refused by the handler that reads it. */
    public void admit(RoutingContext context, long bodyBytesMax) {
        context.put(BYTES_MAX, bodyBytesMax);
        long announced = announced(context.request(), bodyBytesMax);
        if (announced > 0 && announced <= bodyBytesMax) {
            reserve(context, announced);
        }
        context.next();
    }

    /** What a body of this request may have. */
    static long bytesMax(RoutingContext context) {
        return context.get(BYTES_MAX);
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

    private long endLate(RoutingContext context) {
        HttpServerRequest request = context.request();
        return context.vertx().setTimer(arrivalMax.toMillis(), late -> {
            if (!request.isEnded()) {
                Answers.closeWhenAnswered(context);
                context.fail(tooSlow().exception());
            }
        });
    }

    private Problem tooSlow() {
        return Problem.of(
                ProblemCode.BODY_TOO_SLOW,
                "The body did not arrive within " + arrivalMax.toSeconds()
                        + " s; nothing of it was stored. Send it again.");
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
