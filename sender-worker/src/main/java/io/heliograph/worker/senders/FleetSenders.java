package io.heliograph.worker.senders;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.heliograph.worker.senders.SenderStateStore.Shared;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this worker's breakers of an account's senders and the fleet's state of them in step: from a sender that one worker
 * has found down none sends, and only one of them tries whether it is back, when there is a message to try it with.
 */
public final class FleetSenders {
    /** Whoever tries a sender for that long has got stuck over it, or died. */
    private static final Duration PROBE_MAX = Duration.ofSeconds(45);

    /** For so long a sender is suspected by itself, while messages wait for it and no other sender is answered. */
    private static final Duration SUSPECTED_MAX = Duration.ofSeconds(2);

    private static final long SECONDS_MAX = 5;

    private final String provider;
    private final CircuitBreaker account;
    private final SenderBreakers breakers;
    private final Duration openFor;
    private final SenderStateStore store;
    private final LongSupplier nanos;
    /** Of what is open here, what the fleet knows. */
    private final Set<String> known = new HashSet<>();

    public FleetSenders(
            CircuitBreaker account,
            String provider,
            SenderBreakers breakers,
            Duration openFor,
            SenderStateStore store,
            LongSupplier nanos) {
        this.account = account;
        this.provider = provider;
        this.breakers = breakers;
        this.openFor = openFor;
        this.store = store;
        this.nanos = nanos;
    }

    /** Answers 0: there is no work to be done at once. */
    public int runOnce() throws TimeoutException {
        if (breakers.all().isEmpty()) {
            return 0;
        }
        Map<String, Shared> unwell = await(store.unwell(provider));
        for (SenderBreaker sender : breakers.all()) {
            follow(sender, unwell.get(sender.sender()));
        }
        return 0;
    }

    /** {@code shared} is null while the fleet finds it well. */
    private void follow(SenderBreaker sender, @Nullable Shared shared) throws TimeoutException {
        switch (sender.breaker().getState()) {
            case OPEN, FORCED_OPEN -> whileOpen(sender, shared);
            case HALF_OPEN -> whileTrying(sender, shared);
            case CLOSED, DISABLED, METRICS_ONLY -> whileClosed(sender, shared);
        }
    }

    private void whileOpen(SenderBreaker sender, @Nullable Shared shared) throws TimeoutException {
        if (shared != null && shared.ours()) {
            // What tried it has failed.
            Void _ = await(store.down(provider, sender.sender(), openFor));
        } else if (!known.contains(sender.sender())) {
            whileSuspected(sender, shared);
        } else if (shared == null) {
            close(sender);
        } else if (shared.isDue()
                && sender.isMissed()
                && await(store.takeProbe(provider, sender.sender(), PROBE_MAX))) {
            sender.breaker().transitionToHalfOpenState();
        }
    }

    /** Others need not follow before it is sure that it is the sender, and not the account, or our way to it. */
    private void whileSuspected(SenderBreaker sender, @Nullable Shared shared) throws TimeoutException {
        if (shared != null) {
            boolean _ = known.add(sender.sender());
        } else if (breakers.isProven(sender)) {
            Void _ = await(store.down(provider, sender.sender(), openFor));
            boolean _ = known.add(sender.sender());
        } else if (account.getState() != CircuitBreaker.State.CLOSED || isSuspectedForLong(sender)) {
            breakers.suspectAccount();
            close(sender);
        }
    }

    private boolean isSuspectedForLong(SenderBreaker sender) {
        return sender.isNeeded() && nanos.getAsLong() - sender.openedNanos() > SUSPECTED_MAX.toNanos();
    }

    private void whileTrying(SenderBreaker sender, @Nullable Shared shared) {
        if (shared == null) {
            close(sender);
        } else if (!shared.ours()) {
            // We were away too long, and somebody else tries it.
            open(sender);
        } else {
            sender.offer();
        }
    }

    private void whileClosed(SenderBreaker sender, @Nullable Shared shared) throws TimeoutException {
        if (shared != null && shared.ours()) {
            boolean _ = known.remove(sender.sender());
            Void _ = await(store.up(provider, sender.sender()));
        } else if (shared != null) {
            open(sender);
        }
    }

    private void open(SenderBreaker sender) {
        boolean _ = known.add(sender.sender());
        sender.breaker().transitionToOpenState();
    }

    private void close(SenderBreaker sender) {
        boolean _ = known.remove(sender.sender());
        sender.breaker().transitionToClosedState();
    }

    /** Whoever stops in the middle of trying one leaves it to another. */
    public void stop() throws TimeoutException {
        if (!breakers.areAllWell()) {
            Void _ = await(store.leave(provider));
        }
    }

    private static <T> T await(Future<T> answer) throws TimeoutException {
        return answer.await(SECONDS_MAX, TimeUnit.SECONDS);
    }
}
