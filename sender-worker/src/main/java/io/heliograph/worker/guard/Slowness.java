package io.heliograph.worker.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.heliograph.providers.Breaker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What is known of how long a provider takes: by the calls that have ended, and by those that should have. A call that
 * hangs counts long before its timeout ends it.
 */
public final class Slowness {
    /** A call that is under way; each is itself alone. */
    static final class Call {
        private final long begunNanos;

        private Call(long begunNanos) {
            this.begunNanos = begunNanos;
        }
    }

    /** So few that hang say something only because nothing else is answered. */
    private static final int HANGING_MIN = 3;

    /** Opens when too many of the last calls were slow; nobody asks it for leave. */
    private final CircuitBreaker ended;

    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
    private final long slowNanos;
    private final int hangingMin;
    private final LongSupplier nanos;
    private volatile long promptNanos;

    /** {@code concurrency} calls at once, at the most. */
    public Slowness(String provider, Breaker settings, int concurrency, LongSupplier nanos) {
        this.ended = CircuitBreaker.of(
                provider,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(settings.calls())
                        .minimumNumberOfCalls(settings.calls())
                        .slowCallDurationThreshold(settings.slowCall())
                        .slowCallRateThreshold(settings.slowPercent())
                        .waitDurationInOpenState(Duration.ofDays(1))
                        .build());
        this.slowNanos = settings.slowCall().toNanos();
        this.hangingMin = Math.min(HANGING_MIN, concurrency);
        this.nanos = nanos;
        this.promptNanos = nanos.getAsLong();
    }

    Call begin() {
        Call call = new Call(nanos.getAsLong());
        boolean _ = underWay.add(call);
        return call;
    }

    /** It came to nothing before it had left for the provider. */
    void forget(Call call) {
        boolean _ = underWay.remove(call);
    }

    /** {@code answered}: it showed that the provider is up. */
    void end(Call call, boolean answered) {
        boolean _ = underWay.remove(call);
        long now = nanos.getAsLong();
        long took = now - call.begunNanos;
        if (answered && took <= slowNanos) {
            promptNanos = now;
        }
        ended.onSuccess(took, TimeUnit.NANOSECONDS);
    }

    /** Whether it is slow, by what was seen since this was last asked. */
    public boolean notice() {
        boolean slow = ended.getState() == CircuitBreaker.State.OPEN;
        if (slow) {
            ended.transitionToClosedState();
        }
        return slow || hangs();
    }

    /** Whether nothing was answered in time lately, and several calls wait for longer than they should. */
    public boolean hangs() {
        long now = nanos.getAsLong();
        if (underWay.size() < hangingMin || now - promptNanos <= slowNanos) {
            return false;
        }
        return underWay.stream()
                        .filter(call -> now - call.begunNanos > slowNanos)
                        .limit(hangingMin)
                        .count()
                == hangingMin;
    }
}
