package io.heliograph.worker.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.routing.FleetBreakerStore.Shared;
import io.heliograph.worker.routing.FleetBreakerStore.State;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this worker's breaker of a provider and the fleet's state of it in step: what one worker finds down, all leave
 * alone, and only one of them tries whether it is back.
 */
public final class FleetBreaker {
    private static final Logger log = LoggerFactory.getLogger(FleetBreaker.class);

    /** Whoever tries a provider for that long has got stuck over it; whoever is not heard of meanwhile has died. */
    private static final Duration PROBE_MAX = Duration.ofSeconds(45);

    /** How long messages that wait for nothing but this provider have the chance to show how it is. */
    private static final Duration TRY_MAX = Duration.ofSeconds(2);

    private static final long SECONDS_MAX = 5;

    private final String provider;
    private final CircuitBreaker breaker;
    private final Duration openFor;
    private final FleetBreakerStore store;
    private final Supplier<Health> check;
    private final IntSupplier underWay;
    private final LongSupplier nanos;
    private boolean trying;
    private long tryingSinceNanos;
    /** The fleet sees the provider well, and only we do not: until then we leave it alone by ourselves. */
    private long aloneUntilNanos;
    /** The breaker is open because the fleet says so, or because we have told the fleet. */
    private boolean following;

    /** {@code check} asks the provider how it is, without a message; {@code underWay} counts the calls that go on. */
    public FleetBreaker(
            String provider,
            CircuitBreaker breaker,
            Duration openFor,
            FleetBreakerStore store,
            Supplier<Health> check,
            IntSupplier underWay,
            LongSupplier nanos) {
        this.provider = provider;
        this.breaker = breaker;
        this.openFor = openFor;
        this.store = store;
        this.check = check;
        this.underWay = underWay;
        this.nanos = nanos;
        this.aloneUntilNanos = nanos.getAsLong();
    }

    /** Answers 0: there is no work to be done at once. */
    public int runOnce() throws TimeoutException {
        switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> whileOpen();
            case HALF_OPEN -> whileTrying();
            case CLOSED, DISABLED, METRICS_ONLY -> whileClosed();
        }
        return 0;
    }

    private void whileOpen() throws TimeoutException {
        if (!following) {
            if (!await(store.down(provider, openFor))
                    && await(store.read(provider)).state() == State.UP) {
                aloneUntilNanos = nanos.getAsLong() + openFor.toNanos();
            }
            // Only now: a fleet that was not told has not said that the provider is well.
            trying = false;
            following = true;
            return;
        }
        if (nanos.getAsLong() - aloneUntilNanos < 0) {
            tellAgain();
            return;
        }
        if (await(store.read(provider)).state() == State.UP) {
            following = false;
            breaker.transitionToClosedState();
        } else if (await(store.takeProbe(provider, PROBE_MAX))) {
            tryIt();
        }
    }

    /** What the others last said of it may have been true just before it went down for all of us. */
    private void tellAgain() throws TimeoutException {
        if (await(store.down(provider, openFor))) {
            aloneUntilNanos = nanos.getAsLong();
        }
    }

    /** First without a message. Only a provider that answers is then given a few. */
    private void tryIt() throws TimeoutException {
        Health health = check.get();
        if (health instanceof Health.Up) {
            following = false;
            trying = true;
            tryingSinceNanos = nanos.getAsLong();
            breaker.transitionToHalfOpenState();
        } else {
            log.atWarn()
                    .addKeyValue("provider", provider)
                    .addKeyValue("cause", health instanceof Health.Down down ? down.cause() : "credentials_wrong")
                    .log("Provider was tried, and is still down");
            Void _ = await(store.stillDown(provider, openFor));
        }
    }

    /** Messages may all have gone elsewhere: then the check has to do. */
    private void whileTrying() throws TimeoutException {
        if (!await(store.read(provider)).ours()) {
            // We were away too long, and somebody else tries it.
            follow();
        } else if (nanos.getAsLong() - tryingSinceNanos > TRY_MAX.toNanos()
                && underWay.getAsInt() == 0
                && breaker.getMetrics().getNumberOfFailedCalls() == 0) {
            breaker.transitionToClosedState();
        }
    }

    private void whileClosed() throws TimeoutException {
        Shared shared = await(store.read(provider));
        if (shared.ours() && trying) {
            Void _ = await(store.up(provider));
            trying = false;
        } else if (shared.state() != State.UP) {
            follow();
        }
    }

    /** Whoever stops in the middle of trying leaves it to another. */
    public void stop() throws TimeoutException {
        if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
            boolean _ = await(store.down(provider, Duration.ZERO));
        }
    }

    private void follow() {
        trying = false;
        following = true;
        breaker.transitionToOpenState();
    }

    private static <T> T await(Future<T> answer) throws TimeoutException {
        return answer.await(SECONDS_MAX, TimeUnit.SECONDS);
    }
}
