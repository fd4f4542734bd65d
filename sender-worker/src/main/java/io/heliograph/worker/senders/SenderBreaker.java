package io.heliograph.worker.senders;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.heliograph.providers.Breaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The breaker of one sender, and what has to be known of the sender to follow it. */
public final class SenderBreaker {
    /** Calls that try out whether a sender is back. */
    private static final int PROBES = 3;
    /** Fewer failures say nothing, however few the account's breaker looks at. */
    private static final int FAILURES_MIN = 3;

    private static final int FAILURE_PERCENT_MIN = 50;

    private final String sender;
    private final CircuitBreaker breaker;
    private final LongSupplier nanos;
    private volatile long answeredNanos;
    private volatile long openedNanos;
    /** Since it opened, a message came that would have gone from it. */
    private volatile boolean missed;
    /** Since it opened, a message came that could go from no other. */
    private volatile boolean needed;
    /** It is being tried, and nothing was sent from it since this was last set. */
    private volatile boolean offered;

    SenderBreaker(String sender, CircuitBreaker breaker, LongSupplier nanos) {
        this.sender = sender;
        this.breaker = breaker;
        this.nanos = nanos;
        this.answeredNanos = nanos.getAsLong();
        this.openedNanos = answeredNanos;
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == State.OPEN) {
                openedNanos = nanos.getAsLong();
                missed = false;
                needed = false;
            }
            offered = event.getStateTransition().getToState() == State.HALF_OPEN;
        });
    }

    /**
     * It opens after as many failures as open the account's breaker, and looks at no more calls than that: so it is first,
     * also where all messages come from it.
     */
    static CircuitBreaker breaker(String name, Breaker account) {
        int calls = Math.min(
                account.calls(), Math.max(FAILURES_MIN, Math.ceilDiv(account.calls() * account.failurePercent(), 100)));
        return CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(calls)
                        .minimumNumberOfCalls(calls)
                        .failureRateThreshold(Math.max(FAILURE_PERCENT_MIN, account.failurePercent()))
                        .waitDurationInOpenState(Duration.ofDays(1))
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        // Whoever tries it again is chosen by the fleet.
                        .automaticTransitionFromOpenToHalfOpenEnabled(false)
                        .build());
    }

    public String sender() {
        return sender;
    }

    public CircuitBreaker breaker() {
        return breaker;
    }

    public boolean isWell() {
        return breaker.getState() == State.CLOSED;
    }

    /** False when nothing may be sent from it now, which is remembered. */
    public boolean tryAcquire() {
        offered = false;
        if (breaker.tryAcquirePermission()) {
            return true;
        }
        missed = true;
        needed = true;
        return false;
    }

    /** Nothing was sent, or what became of it says nothing of the sender. */
    public void release() {
        breaker.releasePermission();
    }

    void answered(long tookNanos) {
        answeredNanos = nanos.getAsLong();
        breaker.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
    }

    void failed(long tookNanos) {
        breaker.onError(tookNanos, TimeUnit.NANOSECONDS, new SenderDown());
    }

    /** A message goes from another one instead. */
    void passOver() {
        missed = true;
    }

    boolean isOffered() {
        return offered;
    }

    boolean isMissed() {
        return missed;
    }

    boolean isNeeded() {
        return needed;
    }

    boolean isAnsweredSince(long otherNanos) {
        return answeredNanos - otherNanos > 0;
    }

    long openedNanos() {
        return openedNanos;
    }

    void offer() {
        offered = true;
    }

    /** What the breaker is told; it only counts, so there is no trace to fill in. */
    private static final class SenderDown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SenderDown() {
            super("The sender is down", null, false, false);
        }
    }
}
