package io.heliograph.worker;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.heliograph.providers.ProviderAccount;
import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Loop;
import io.heliograph.worker.guard.AccountPaced;
import io.heliograph.worker.guard.CircuitBroken;
import io.heliograph.worker.guard.Clocked;
import io.heliograph.worker.guard.ConcurrencyLimited;
import io.heliograph.worker.guard.FreshOnly;
import io.heliograph.worker.guard.Measured;
import io.heliograph.worker.guard.NeverThrowing;
import io.heliograph.worker.guard.RateLimited;
import io.heliograph.worker.guard.Slowness;
import io.heliograph.worker.guard.Tallied;
import io.heliograph.worker.guard.TimeLimited;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.limits.Limits;
import io.heliograph.worker.limits.RateStore;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.provider.ReceiptSource;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.receipts.AskForReceipts;
import io.heliograph.worker.routing.FleetBreaker;
import io.heliograph.worker.routing.FleetBreakerStore;
import io.heliograph.worker.routing.FleetSlowness;
import io.heliograph.worker.routing.NoProvider;
import io.heliograph.worker.routing.ProviderHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One provider with everything that stands around it.
 *
 * @param critical for critical messages
 * @param ordinary for all others, and for look-ups: the same, but it leaves a part of the calls at once to the critical
 * @param slots when its messages may leave
 * @param allowed how much may be claimed for it and not be recorded now; 0 while it is to be left alone
 * @param claimMax how much is claimed for it at once
 * @param receipts who is asked about messages without one; null for nobody
 * @param tally what became of its messages lately
 * @param lifecycle what has to be done from time to time, and at the end
 */
record Sender(
        Provider critical,
        Provider ordinary,
        Slots slots,
        IntSupplier allowed,
        int claimMax,
        AskForReceipts.@Nullable Account receipts,
        Tallied tally,
        Lifecycle lifecycle) {
    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    /** What all senders of a worker share. */
    record House(
            Vertx vertx,
            WorkerConfig config,
            PrometheusMeterRegistry registry,
            ExecutorService threads,
            SendBy.Clocks clocks,
            RateStore rates,
            AccountTurns accounts,
            FleetBreakerStore breakers,
            BooleanSupplier stopping) {}

    /**
     * How a sender lives and ends.
     *
     * @param followFleet keeps this worker's breaker and the fleet's in step; to be repeated
     * @param stopping once it is set, what has not left yet is given back
     * @param leaveFleet lets others try the provider, if it was this worker that did
     * @param closer closes the provider
     */
    record Lifecycle(
            Loop.Step followFleet, AtomicBoolean stopping, Loop.Step leaveFleet, Supplier<Future<Void>> closer) {
        static Lifecycle none() {
            return new Lifecycle(() -> 0, new AtomicBoolean(), () -> 0, Future::succeededFuture);
        }
    }

    /** One claim never takes more, however much a call could carry. */
    private static final int CLAIM_MAX = 1_000;

    /** Of what is claimed and not recorded, where a call takes many. */
    private static final int IN_FLIGHT_MAX = 4_000;

    /** One call in so many is kept for critical messages. */
    private static final int CRITICAL_SHARE = 8;

    /** The provider's own limit ends a call; this much later the one around it does. */
    private static final Duration TIME_LIMIT_MARGIN = Duration.ofSeconds(1);

    /** How long a message that waits for its turn waits on, where what is before it has begun to hang. */
    private static final Duration TURN_WAIT = Duration.ofMillis(250);

    static Sender build(House house, ProviderAccount account) {
        Duration timeout =
                shorter(account.limits().timeout(), house.config().lease().dividedBy(4));
        Kinds.Bare bare = Kinds.build(house.vertx(), house.config(), account, timeout);
        return guarded(house, account, bare, timeout);
    }

    /** For the messages that nobody carries. */
    static Sender nobody(House house) {
        Provider nobody = new NoProvider();
        int batchMax = house.config().batchMax();
        Slots slots = new Slots(house.rates(), Slots.Limit.none(NoProvider.NAME), house.clocks()::nanos);
        return new Sender(nobody, nobody, slots, () -> batchMax, batchMax, null, new Tallied(nobody), Lifecycle.none());
    }

    void close() {
        lifecycle
                .closer()
                .get()
                .onFailure(failure -> log.atWarn()
                        .addKeyValue("provider", critical.name())
                        .addKeyValue("error", Failures.describe(failure))
                        .log("Could not close a provider"));
    }

    /** Read from the inside out: the last one is what the worker calls first. */
    private static Sender guarded(House house, ProviderAccount account, Kinds.Bare bare, Duration timeout) {
        CircuitBreaker breaker = ProviderHealth.breaker(account.name(), account.breaker());
        int concurrency = account.limits().concurrency();
        Slowness slowness = new Slowness(account.name(), account.breaker(), concurrency, house.clocks()::nanos);
        Bulkhead bulkhead = bulkhead(concurrency);
        // Past this its claim is too old to be sent on anyway.
        int waitsMax = (int) house.config().lease().dividedBy(4).dividedBy(TURN_WAIT);
        // A call that hangs ends here, should the provider's own limit fail.
        Provider provider = new TimeLimited(bare.provider(), timeout.plus(TIME_LIMIT_MARGIN), house.threads());
        // Only what really goes to the provider is timed, and counted for the fleet.
        Tallied tallied = new Tallied(new Measured(provider, house.registry()));
        provider = tallied;
        // What hangs is seen while it does.
        provider = new Clocked(provider, slowness);
        // A provider that is down is left alone.
        provider = new CircuitBroken(provider, breaker);
        // The last look at the clock, behind every wait.
        AtomicBoolean stopping = new AtomicBoolean();
        BooleanSupplier ending = () -> stopping.get() || house.stopping().getAsBoolean();
        provider = new FreshOnly(provider, ending);
        Slots slots =
                new Slots(house.rates(), Limits.of(account, bare.provider().callSizeMax()), house.clocks()::nanos);
        // Everything below goes in a slot; nothing waits any more after that.
        provider = new RateLimited(provider, slots, house.accounts(), message -> Limits.sender(account, message));
        // Here is where a message may have to wait.
        provider = new ConcurrencyLimited(provider, bulkhead, waitsMax, slowness::hangs, slots::release);
        // The backstop: whatever breaks inside is an unknown outcome, not a lost batch.
        provider = new NeverThrowing(provider);
        // Ordinary messages wait here, and so never in front of a critical one.
        Provider ordinary = new ConcurrencyLimited(
                provider, bulkhead(ordinaryCalls(concurrency)), waitsMax, slowness::hangs, slots::release);
        // Those of a limited customer account wait outside, where they take nobody's place.
        int waitersMax = Math.max(1, concurrency / 2);
        Provider critical = new AccountPaced(provider, house.accounts(), slots, waitersMax);
        ordinary = new AccountPaced(ordinary, house.accounts(), slots, waitersMax);
        int callSize = Math.min(bare.provider().callSizeMax(), CLAIM_MAX);
        // What is claimed beyond two rounds of calls would only wait, and be in doubt if this worker died.
        int rounds = 2 * concurrency;
        ProviderHealth health =
                new ProviderHealth(breaker, Math.min(rounds * callSize, Math.max(IN_FLIGHT_MAX, rounds)));
        List<Gauge> gauges = gauges(house.registry(), account.name(), health, bulkhead);
        // Once it is stopping nothing more is claimed, as it would only be given back; nor while all that was sent
        // hangs.
        IntSupplier allowed = () -> ending.getAsBoolean() || slowness.hangs() ? 0 : health.allowed();
        int claimMax = Math.max(house.config().batchMax(), callSize);
        FleetBreaker fleetBreaker = new FleetBreaker(
                account.name(),
                breaker,
                account.breaker().openFor(),
                house.breakers(),
                new NeverThrowing(bare.provider())::check,
                () -> underWay(bulkhead),
                house.clocks()::nanos);
        FleetSlowness fleetSlowness = new FleetSlowness(
                account.name(),
                account.breaker(),
                slowness::notice,
                house.breakers(),
                house.registry(),
                house.clocks()::nanos);
        Lifecycle lifecycle = new Lifecycle(
                () -> fleetBreaker.runOnce() + fleetSlowness.runOnce(),
                stopping,
                () -> {
                    fleetBreaker.stop();
                    return 0;
                },
                () -> {
                    // Another one may come under the same name.
                    gauges.forEach(house.registry()::remove);
                    return bare.closer().get();
                });
        return new Sender(critical, ordinary, slots, allowed, claimMax, receipts(account, bare), tallied, lifecycle);
    }

    private static AskForReceipts.@Nullable Account receipts(ProviderAccount account, Kinds.Bare bare) {
        ReceiptSource source = bare.receipts();
        Duration after = account.receiptAfter();
        return source == null || after == null
                ? null
                : new AskForReceipts.Account(account.name(), account.kind().word(), after, source);
    }

    private static int ordinaryCalls(int concurrency) {
        int kept = (concurrency + CRITICAL_SHARE - 1) / CRITICAL_SHARE;
        return Math.max(1, concurrency - kept);
    }

    private static Bulkhead bulkhead(int calls) {
        return Bulkhead.of(
                "calls",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(calls)
                        .maxWaitDuration(TURN_WAIT)
                        .build());
    }

    private static int underWay(Bulkhead bulkhead) {
        Bulkhead.Metrics calls = bulkhead.getMetrics();
        return calls.getMaxAllowedConcurrentCalls() - calls.getAvailableConcurrentCalls();
    }

    private static List<Gauge> gauges(
            PrometheusMeterRegistry registry, String provider, ProviderHealth health, Bulkhead bulkhead) {
        Gauge state = Gauge.builder("heliograph_provider_breaker_state", health, ProviderHealth::state)
                .description("0 closed, 1 trying whether the provider is back, 2 open: the provider is left alone")
                .tags("provider", provider)
                .strongReference(true)
                .register(registry);
        Gauge inFlight = Gauge.builder("heliograph_provider_in_flight", bulkhead, Sender::underWay)
                .description("Calls to the provider that have not ended")
                .tags("provider", provider)
                .strongReference(true)
                .register(registry);
        return List.of(state, inFlight);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
