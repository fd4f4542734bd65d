package io.heliograph.worker;

import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Loop;
import io.heliograph.worker.guard.Tallied;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.limits.ProviderLimit;
import io.heliograph.worker.limits.RateStore;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.receipts.AskForReceipts;
import io.heliograph.worker.routing.FleetBreakerStore;
import io.heliograph.worker.routing.NoProvider;
import io.heliograph.worker.senders.SenderStateStore;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
 * @param receipts who is asked about messages without one, or whose are counted; null for neither
 * @param tally what became of its messages lately
 * @param lifecycle what has to be done from time to time, and at the end
 */
record Sender(
        Entry critical,
        Entry ordinary,
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
            SenderStateStore senders,
            BooleanSupplier stopping) {}

    /** A way in, through which so many calls could go at once now. */
    record Entry(Provider provider, IntSupplier placesFree) {}

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

    /** For the messages that nobody carries. */
    static Sender nobody(House house) {
        Provider nobody = new NoProvider();
        int batchMax = house.config().batchMax();
        Entry entry = new Entry(nobody, () -> batchMax);
        Slots slots = new Slots(house.rates(), ProviderLimit.none(NoProvider.NAME), house.clocks()::nanos);
        return new Sender(entry, entry, slots, () -> batchMax, batchMax, null, new Tallied(nobody), Lifecycle.none());
    }

    void close() {
        lifecycle
                .closer()
                .get()
                .onFailure(failure -> log.atWarn()
                        .addKeyValue("provider", critical.provider().name())
                        .addKeyValue("error", Failures.describe(failure))
                        .log("Could not close a provider"));
    }
}
