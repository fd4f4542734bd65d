package io.heliograph.worker;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.heliograph.providers.ProviderAccount;
import io.heliograph.worker.guard.AccountPaced;
import io.heliograph.worker.guard.CircuitBroken;
import io.heliograph.worker.guard.Clocked;
import io.heliograph.worker.guard.ConcurrencyLimited;
import io.heliograph.worker.guard.FreshOnly;
import io.heliograph.worker.guard.Measured;
import io.heliograph.worker.guard.NeverThrowing;
import io.heliograph.worker.guard.RateLimited;
import io.heliograph.worker.guard.RateLimitedReceipts;
import io.heliograph.worker.guard.SenderBroken;
import io.heliograph.worker.guard.Slowness;
import io.heliograph.worker.guard.Tallied;
import io.heliograph.worker.guard.TimeLimited;
import io.heliograph.worker.limits.Limits;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.provider.ReceiptSource;
import io.heliograph.worker.receipts.AskForReceipts;
import io.heliograph.worker.routing.BreakerChanges;
import io.heliograph.worker.routing.FleetBreaker;
import io.heliograph.worker.routing.FleetSlowness;
import io.heliograph.worker.routing.ProviderHealth;
import io.heliograph.worker.senders.ChooseSender;
import io.heliograph.worker.senders.FleetSenders;
import io.heliograph.worker.senders.SenderBreakers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Puts a provider of the file together with what stands around it. */
final class BuildSender {
    /** One claim never takes more, however much a call could carry. */
    private static final int CLAIM_MAX = 1_000;

    /** Of what is claimed and not recorded, where a call takes many. */
    private static final int IN_FLIGHT_MAX = 4_000;

    /** One call in so many is kept for critical messages. */
    private static final int CRITICAL_SHARE = 8;

    /** The provider's own limit ends a call; this much later the one around it does. */
    private static final Duration TIME_LIMIT_MARGIN = Duration.ofSeconds(1);

    /** How long a message waits at the most for its sender, before it is tried again. */
    private static final Duration SENDER_REST_MAX = Duration.ofSeconds(10);

    /** How long a message that waits for its turn waits on, where what is before it has begun to hang. */
    private static final Duration TURN_WAIT = Duration.ofMillis(250);

    private final Sender.House house;
    private final ProviderAccount account;
    private final Kinds.Bare bare;
    private final int concurrency;
    private final CircuitBreaker breaker;
    private final SenderBreakers senders;
    private final Slowness slowness;
    private final Bulkhead calls;
    private final Bulkhead ordinaryCalls;
    private final Slots slots;
    private final Tallied tallied;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final BooleanSupplier ending;

    private BuildSender(Sender.House house, ProviderAccount account, Kinds.Bare bare) {
        this.house = house;
        this.account = account;
        this.bare = bare;
        this.concurrency = account.limits().concurrency();
        this.breaker = ProviderHealth.breaker(account.name(), account.breaker());
        this.senders = new SenderBreakers(account.name(), account.senders(), account.breaker(), house.clocks()::nanos);
        this.slowness = new Slowness(account.name(), account.breaker(), concurrency, house.clocks()::nanos);
        this.calls = bulkhead(concurrency);
        this.ordinaryCalls = bulkhead(Math.max(1, concurrency - Math.ceilDiv(concurrency, CRITICAL_SHARE)));
        this.slots = new Slots(house.rates(), Limits.of(account, bare.provider().callSizeMax()), house.clocks()::nanos);
        // A call that hangs ends here, should the provider's own limit fail.
        Duration within = account.limits().timeout().plus(TIME_LIMIT_MARGIN);
        Provider timed = new TimeLimited(bare.provider(), within, house.threads());
        // Only what really goes to the provider is timed, and counted for the fleet.
        this.tallied = new Tallied(new Measured(timed, house.registry()));
        this.ending = () -> stopping.get() || house.stopping().getAsBoolean();
        tellOfBreakers();
    }

    private void tellOfBreakers() {
        BreakerChanges changes = new BreakerChanges(account.name(), house.registry());
        changes.tell(breaker);
        senders.all().forEach(sender -> {
            changes.tell(sender.breaker(), sender.sender());
            sender.breaker().getEventPublisher().onStateTransition(_ -> slots.withoutSenders(senders::unwell));
        });
    }

    static Sender of(Sender.House house, ProviderAccount account) {
        Kinds.Bare bare = Kinds.build(house.vertx(), house.config(), account);
        return new BuildSender(house, account, bare).sender();
    }

    private Sender sender() {
        Provider all = forAll();
        Sender.Entry critical = new Sender.Entry(paced(all), () -> free(calls));
        // Ordinary messages wait here, and so never in front of a critical one.
        Sender.Entry ordinary =
                new Sender.Entry(paced(inTurn(all, ordinaryCalls)), () -> Math.min(free(calls), free(ordinaryCalls)));
        int callSize = Math.min(bare.provider().callSizeMax(), CLAIM_MAX);
        // What is claimed beyond two rounds of calls would only wait, and be in doubt if this worker died.
        int rounds = 2 * concurrency;
        ProviderHealth health =
                new ProviderHealth(breaker, Math.min(rounds * callSize, Math.max(IN_FLIGHT_MAX, rounds)));
        // Once it is stopping nothing more is claimed, as it would only be given back; nor while all that was sent
        // hangs.
        IntSupplier allowed = () -> ending.getAsBoolean() || slowness.hangs() ? 0 : health.allowed();
        int claimMax = Math.max(house.config().batchMax(), callSize);
        return new Sender(critical, ordinary, slots, allowed, claimMax, receipts(), tallied, lifecycle(meters(health)));
    }

    /** Read from the inside out: the last one is called first. */
    private Provider forAll() {
        // What hangs is seen while it does.
        Provider provider = new Clocked(tallied, slowness);
        // Where one of several senders is down, only that one is left alone.
        provider = new SenderBroken(provider, senders, shorter(account.breaker().openFor(), SENDER_REST_MAX));
        // A provider that is down is left alone.
        provider = new CircuitBroken(provider, breaker, senders::isSendersFault);
        // The last look at the clock, behind every wait.
        provider = new FreshOnly(provider, ending);
        // Everything below goes in a slot; nothing waits any more after that.
        ChooseSender choice =
                new ChooseSender(account.senders(), senders, Limits.senders(account), Limits.haveSenders(account));
        provider = new RateLimited(provider, slots, house.accounts(), choice, house.clocks()::nanos);
        // Here is where a message may have to wait.
        provider = inTurn(provider, calls);
        // The backstop: whatever breaks inside is an unknown outcome, not a lost batch.
        return new NeverThrowing(provider);
    }

    private Provider inTurn(Provider next, Bulkhead bulkhead) {
        // Past this its claim is too old to be sent on anyway.
        int waitsMax = (int) house.config().lease().dividedBy(4).dividedBy(TURN_WAIT);
        return new ConcurrencyLimited(next, bulkhead, waitsMax, slowness::hangs, slots::release);
    }

    /** Those of a limited customer account wait outside, where they take nobody's place. */
    private Provider paced(Provider next) {
        return new AccountPaced(next, house.accounts(), slots, Math.max(1, concurrency / 2));
    }

    private AskForReceipts.@Nullable Account receipts() {
        Duration after = account.receiptAfter();
        ReceiptSource asked = bare.receipts();
        ReceiptSource limited = asked == null ? null : new RateLimitedReceipts(asked, slots, house.clocks());
        return after == null
                ? null
                : new AskForReceipts.Account(account.name(), account.kind().word(), after, limited);
    }

    private Sender.Lifecycle lifecycle(List<Meter> meters) {
        FleetBreaker fleetBreaker = new FleetBreaker(
                account.name(),
                breaker,
                account.breaker().openFor(),
                house.breakers(),
                new NeverThrowing(bare.provider())::check,
                () -> concurrency - free(calls),
                house.clocks()::nanos);
        FleetSlowness fleetSlowness = new FleetSlowness(
                account.name(),
                account.breaker(),
                slowness::notice,
                house.breakers(),
                house.registry(),
                house.clocks()::nanos);
        FleetSenders fleetSenders = new FleetSenders(
                breaker, account.name(), senders, account.breaker().openFor(), house.senders(), house.clocks()::nanos);
        return new Sender.Lifecycle(
                () -> fleetBreaker.runOnce() + fleetSlowness.runOnce() + fleetSenders.runOnce(),
                stopping,
                () -> {
                    fleetBreaker.stop();
                    fleetSenders.stop();
                    return 0;
                },
                () -> {
                    // Another one may come under the same name.
                    meters.forEach(house.registry()::remove);
                    return bare.closer().get();
                });
    }

    private List<Meter> meters(ProviderHealth health) {
        return List.of(
                gauge(
                        "heliograph_provider_breaker_state",
                        "0 closed, 1 trying whether the provider is back, 2 open: the provider is left alone",
                        health,
                        ProviderHealth::state),
                gauge(
                        "heliograph_provider_in_flight",
                        "Calls to the provider that have not ended",
                        calls,
                        bulkhead -> concurrency - free(bulkhead)),
                FunctionCounter.builder("heliograph_provider_slots_missed", slots, Slots::missed)
                        .description("Slots that were wanted, and that this worker was not in time for")
                        .tags("provider", account.name())
                        .register(house.registry()));
    }

    private <T> Gauge gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        return Gauge.builder(name, of, value)
                .description(description)
                .tags("provider", account.name())
                .strongReference(true)
                .register(house.registry());
    }

    private static Bulkhead bulkhead(int calls) {
        return Bulkhead.of(
                "calls",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(calls)
                        .maxWaitDuration(TURN_WAIT)
                        .build());
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static int free(Bulkhead calls) {
        return calls.getMetrics().getAvailableConcurrentCalls();
    }
}
