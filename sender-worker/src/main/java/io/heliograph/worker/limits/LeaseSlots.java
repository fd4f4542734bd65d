package io.heliograph.worker.limits;

import io.heliograph.runtime.Failures;
import io.heliograph.worker.limits.RateStore.Lease;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases slots of one provider from the fleet, and knows when it is worth while to ask for more. To be called by one thread
 * at a time; only {@link #resumesNanos} may be asked by any.
 */
final class LeaseSlots {
    private static final Logger log = LoggerFactory.getLogger(LeaseSlots.class);

    /** How far ahead slots are leased: what a worker has leased when it dies is lost for this long. */
    static final Duration HORIZON = Duration.ofMillis(150);
    /** What the gap between slots allows for, less what the way from the socket to the provider may take. */
    private static final Duration LATE_MAX = Duration.ofMillis(15);
    /** A limit that was only found is no promise to anybody. */
    private static final Duration LATE_FOUND_MAX = HORIZON;

    /** Less than what may be late: to wake up for each slot by itself costs more than all else that a limit does. */
    private static final long TOGETHER_NANOS = 5_000_000;

    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final Duration SENDER_REST_MIN = Duration.ofMillis(2);
    private static final int SENDERS_MAX = 1_000;
    private static final Duration REST_UNKNOWN = Duration.ofMillis(250);

    private final RateStore store;
    private final LongSupplier nanos;
    private final FleetClock clock = new FleetClock();
    private final Map<String, Long> senderResumesNanos = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        // Senders are what customers say. Whoever is forgotten asks once more.
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > SENDERS_MAX;
        }
    };
    private final Complaints failures;
    private volatile long resumesNanos;

    LeaseSlots(RateStore store, LongSupplier nanos) {
        this.failures = new Complaints(nanos);
        this.store = store;
        this.nanos = nanos;
        this.resumesNanos = nanos.getAsLong();
    }

    /** When it is worth while to ask for slots of any sender again. */
    long resumesNanos() {
        return resumesNanos - HORIZON.toNanos() / 2;
    }

    /** Of any sender: what it answers holds for everybody. What is wanted now does not wait for the spare ones. */
    void any(ProviderLimit limit, int wanted, int spare, Stock stock) throws InterruptedException {
        resumesNanos = lease(limit, limit.senderScopes(), new Wanted(wanted, spare), stock);
    }

    /** Of one sender that has a limit of its own, or of nobody's when it is null; {@code asker} is the one they are for. */
    void of(@Nullable String limited, String asker, ProviderLimit limit, int wanted, Stock stock)
            throws InterruptedException {
        long now = nanos.getAsLong();
        if (now - senderResumesNanos.getOrDefault(asker, now) < 0) {
            return;
        }
        List<String> scopes = limited == null ? List.of() : List.of(limit.senderScope(limited));
        long resumesAt = lease(limit, scopes, new Wanted(wanted, 0), stock);
        senderResumesNanos.put(asker, Math.max(resumesAt, nanos.getAsLong() + SENDER_REST_MIN.toNanos()));
    }

    private record Wanted(int now, int spare) {
        int all() {
            return now + spare;
        }
    }

    /** Answers when it is worth while to ask for these again. */
    private long lease(ProviderLimit limit, List<String> senderScopes, Wanted wanted, Stock stock)
            throws InterruptedException {
        long askedNanos = nanos.getAsLong();
        Lease lease = answer(store.lease(limit.scope(), senderScopes, wanted.all(), HORIZON), limit);
        long answeredNanos = nanos.getAsLong();
        if (lease == null) {
            return answeredNanos + REST_UNKNOWN.toNanos() + HORIZON.toNanos() / 2;
        }
        clock.sample(askedNanos, answeredNanos, lease.databaseAt());
        add(lease.slots(), wanted.now(), limit, stock);
        return clock.nanosOf(lease.resumesAt());
    }

    /** Those that are close together are one moment, the last one's; the first few do not wait for the others. */
    private void add(List<RateStore.Leased> leased, int first, ProviderLimit limit, Stock stock) {
        long lateNanos = (limit.isLimited() ? LATE_MAX : LATE_FOUND_MAX).toNanos();
        Deque<Slot> slots = new ArrayDeque<>(leased.size());
        for (int i = leased.size() - 1; i >= 0; i--) {
            long at = clock.nanosOf(leased.get(i).at());
            Slot next = i + 1 == first ? null : slots.peekFirst();
            long moment = next != null && areClose(at, next.nanos()) ? next.nanos() : at;
            slots.addFirst(
                    new Slot(moment, at + lateNanos, limit.sender(leased.get(i).sender())));
        }
        slots.forEach(stock::add);
    }

    private static boolean areClose(long nanos, long othersNanos) {
        return Math.floorDiv(nanos, TOGETHER_NANOS) == Math.floorDiv(othersNanos, TOGETHER_NANOS);
    }

    /** Null as well when the database is away: then nothing may leave. */
    private @Nullable Lease answer(Future<@Nullable Lease> lease, ProviderLimit limit) throws InterruptedException {
        try {
            return lease.await(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            int times = failures.another();
            if (times > 0) {
                log.atWarn()
                        .addKeyValue("provider", limit.provider())
                        .addKeyValue("times", times)
                        .addKeyValue("error", Failures.describe(e))
                        .log("Could not lease slots, nothing leaves until the database gives some");
            }
            return null;
        }
    }
}
