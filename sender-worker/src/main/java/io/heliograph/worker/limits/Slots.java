package io.heliograph.worker.limits;

import io.heliograph.worker.limits.RateStore.Lease;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The send slots of one provider that this worker has leased. A slot is a moment; what leaves later than that by more than
 * a little would make another second too full, so a slot that was missed is thrown away and never saved up.
 */
public final class Slots {
    /**
     * A moment at which messages may leave, from a sender if the provider's senders are limited. After {@code lastNanos}
     * it is missed.
     */
    public record Slot(long nanos, long lastNanos, @Nullable String sender) {}

    /**
     * What holds for the provider, which has no limit of its own when {@code perSecond} is null; {@code senders} are those
     * that have one. {@code callSize} messages go in one of its calls, at the most.
     */
    public record Limit(String provider, @Nullable Double perSecond, Set<String> senders, int callSize) {
        public Limit {
            senders = Set.copyOf(senders);
        }

        public static Limit none(String provider) {
            return new Limit(provider, null, Set.of(), 1);
        }

        boolean isLimited() {
            return perSecond != null || !senders.isEmpty();
        }

        String scope() {
            return scope(provider);
        }

        public static String scope(String provider) {
            return "provider:" + provider;
        }

        public static String senderScope(String provider, String sender) {
            return "sender:" + provider + "/" + sender;
        }

        private String senderScope(String sender) {
            return senderScope(provider, sender);
        }

        private List<String> senderScopes() {
            return senders.stream().map(this::senderScope).sorted().toList();
        }

        private @Nullable String sender(@Nullable String senderScope) {
            return senderScope == null
                    ? null
                    : senderScope.substring(senderScope("").length());
        }
    }

    /** Whether a slot may be used by the one who asked for it; another may have it if not. */
    public interface Consent {
        boolean to(Slot slot) throws InterruptedException;
    }

    /** What has to leave together, and how many of its slots were granted to it. */
    private record Wanted(int slots, @Nullable String sender, int granted) {
        Wanted ungranted() {
            return new Wanted(slots, sender, 0);
        }
    }

    /** How far ahead slots are leased: what a worker has leased when it dies is lost for this long. */
    private static final Duration HORIZON = Duration.ofMillis(150);
    /** What the gap between slots allows for, less what the way from the socket to the provider may take. */
    private static final Duration LATE_MAX = Duration.ofMillis(10);
    /** A limit that was only found is no promise to anybody. */
    private static final Duration LATE_FOUND_MAX = HORIZON;

    /** Where there is no limit, no moment is too late. */
    private static final Duration UNLIMITED = Duration.ofDays(1);

    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final Duration REST_MIN = Duration.ofMillis(2);
    private static final Duration REST_MAX = Duration.ofMillis(250);
    /** Of a limit, in one call: a call makes all of its messages leave in the last one's slot. */
    private static final double CALL_SHARE_MAX = 0.005;

    private final RateStore store;
    private final FleetClock clock = new FleetClock();
    private final LongSupplier nanos;
    private final Stock stock = new Stock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> senderResumesNanos = new HashMap<>();
    private final AtomicLong resumesNanos;
    private final AtomicLong missed = new AtomicLong();
    private final RecentCalls calls;
    private volatile Limit limit;
    /** It has no limit of ours, and was found to have one of its own: then a slot is a call's. */
    private volatile boolean found;

    private volatile long pausedUntilNanos;

    public Slots(RateStore store, Limit limit, LongSupplier nanos) {
        this.store = store;
        this.limit = limit;
        this.nanos = nanos;
        this.calls = new RecentCalls(nanos.getAsLong());
        this.resumesNanos = new AtomicLong(nanos.getAsLong());
        this.pausedUntilNanos = nanos.getAsLong();
    }

    /** From the next lease on. Slots that are leased already stay good: they reach a fraction of a second ahead. */
    public void limit(Limit changed) {
        limit = changed;
    }

    /** As many messages as its provider takes in one call. */
    public int callSize() {
        return limit.callSize();
    }

    /** Null for no limit. */
    public @Nullable Double perSecond() {
        return limit.perSecond();
    }

    /** For a provider without a limit, which leases nothing and so would not see what holds it back all the same. */
    public void follow(RateStore.Brake brake) {
        pausedFor(brake.pausedFor());
        boolean changes = found != brake.found();
        found = brake.found();
        // After that: what is granted meanwhile must not be kept for nobody.
        if (changes && !limit.isLimited()) {
            forget();
        }
    }

    private void forget() {
        lock.lock();
        try {
            stock.forget();
        } finally {
            lock.unlock();
        }
    }

    private synchronized void pausedFor(Duration rest) {
        long until = nanos.getAsLong() + rest.toNanos();
        if (until - pausedUntilNanos > 0) {
            pausedUntilNanos = until;
        }
    }

    /** The most messages that one call may carry. */
    public int callSizeMax() {
        Limit now = limit;
        if (!now.isLimited()) {
            return Integer.MAX_VALUE;
        }
        Double perSecond = now.perSecond();
        return perSecond == null || !now.senders().isEmpty() ? 1 : 1 + (int) (CALL_SHARE_MAX * perSecond);
    }

    /**
     * How many of so many messages may be claimed now, to leave within the horizon. Each of them takes its slot by {@link
     * #await}, or gives it back by {@link #release}: nobody else is granted it meanwhile.
     */
    public int reserve(int wanted) throws InterruptedException {
        if (!isLeased()) {
            return nanos.getAsLong() - pausedUntilNanos < 0 ? 0 : wanted;
        }
        lock.lockInterruptibly();
        try {
            dropMissed();
            int slots = slotsFor(wanted);
            leaseUpTo(stock.promised() + slots);
            int granted = stock.promise(slots);
            return granted == slots ? wanted : Math.min(wanted, granted * perSlot());
        } finally {
            lock.unlock();
        }
    }

    /** So many of the messages that were granted a slot do not need it: others may have it. */
    public void release(int messages) {
        releaseSlots(slotsFor(messages));
    }

    private void releaseSlots(int slots) {
        lock.lock();
        try {
            stock.release(slots);
        } finally {
            lock.unlock();
        }
    }

    /** How long it is not worth while to ask for more. */
    public Duration rest() {
        long left = isLeased()
                ? resumesNanos.get() - HORIZON.toNanos() / 2 - nanos.getAsLong()
                : pausedUntilNanos - nanos.getAsLong();
        return left <= 0 ? Duration.ZERO : shorter(Duration.ofNanos(left), REST_MAX);
    }

    /**
     * Waits for the moment at which so many messages may leave, which {@link #reserve} has granted their slots; null when
     * it does not come within the time given, and then none is kept for them any more.
     */
    public @Nullable Slot await(int messages, @Nullable String sender, Duration within) throws InterruptedException {
        return await(messages, sender, within, _ -> true);
    }

    /** The same, where the moment has to suit something else as well; null when it does not. */
    public @Nullable Slot await(int messages, @Nullable String sender, Duration within, Consent consent)
            throws InterruptedException {
        return await(new Wanted(slotsFor(messages), sender, slotsFor(messages)), within, consent);
    }

    /** The same for what nobody has granted anything: a look-up, or a call that missed its slot. */
    public @Nullable Slot awaitAnother(int messages, @Nullable String sender, Duration within)
            throws InterruptedException {
        return awaitAnother(messages, sender, within, _ -> true);
    }

    public @Nullable Slot awaitAnother(int messages, @Nullable String sender, Duration within, Consent consent)
            throws InterruptedException {
        return await(new Wanted(slotsFor(messages), sender, 0), within, consent);
    }

    private @Nullable Slot await(Wanted wanted, Duration within, Consent consent) throws InterruptedException {
        long untilNanos = nanos.getAsLong() + within.toNanos();
        Wanted left = wanted;
        try {
            while (nanos.getAsLong() - untilNanos < 0) {
                Slot slot = take(left);
                if (slot == null) {
                    sleep(longer(rest(), REST_MIN));
                    continue;
                }
                left = left.ungranted();
                if (slot.nanos() - untilNanos > 0) {
                    // Too late for this one, in time for the next.
                    putBack(slot);
                    return null;
                } else {
                    if (!consent.to(slot)) {
                        putBack(slot);
                        return null;
                    }
                    sleep(Duration.ofNanos(slot.nanos() - nanos.getAsLong()));
                    if (!isMissed(slot)) {
                        calls.add(nanos.getAsLong());
                        return slot;
                    }
                    missed.addAndGet(wanted.slots());
                }
            }
            return null;
        } finally {
            releaseSlots(left.granted());
        }
    }

    /** Slots that were leased and came too late to be used. */
    public long missed() {
        return missed.get();
    }

    /** The provider says "too fast": the whole fleet slows down, and rests for as long as it asked. */
    public Future<Void> slowDown(@Nullable String sender, Duration rest) throws InterruptedException {
        Limit now = limit;
        if (!now.isLimited()) {
            pausedFor(rest);
        }
        lock.lockInterruptibly();
        try {
            stock.clear();
        } finally {
            lock.unlock();
        }
        return store.slowDown(
                sender == null ? List.of(now.scope()) : List.of(now.scope(), now.senderScope(sender)),
                rest,
                calls.count(nanos.getAsLong()));
    }

    public boolean isLeased() {
        return found || limit.isLimited();
    }

    /** Messages that go in one slot: a limit of ours is one of messages, one that was found is one of calls. */
    private int perSlot() {
        Limit now = limit;
        return now.isLimited() ? 1 : now.callSize();
    }

    private int slotsFor(int messages) {
        return Math.ceilDiv(messages, perSlot());
    }

    private @Nullable Slot take(Wanted wanted) throws InterruptedException {
        if (!isLeased()) {
            long now = nanos.getAsLong();
            if (now - pausedUntilNanos < 0) {
                return null;
            }
            // It may have been granted one under a limit that is gone, and may come again.
            releaseSlots(wanted.granted());
            return new Slot(now, now + UNLIMITED.toNanos(), null);
        }
        lock.lockInterruptibly();
        try {
            dropMissed();
            Slot slot = wanted.sender() == null ? takeAny(wanted.slots()) : takeOf(wanted.sender());
            if (slot != null) {
                stock.release(wanted.granted());
            }
            return slot;
        } finally {
            lock.unlock();
        }
    }

    /** Leases for all that wait, so that not each of them has to ask. */
    private @Nullable Slot takeAny(int slots) throws InterruptedException {
        if (stock.size() < slots) {
            leaseUpTo(Math.max(slots, stock.promised()));
        }
        return stock.take(slots);
    }

    private void putBack(Slot slot) throws InterruptedException {
        if (!isLeased()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            stock.putBack(slot);
        } finally {
            lock.unlock();
        }
    }

    /**
     * One of a sender that the message asks for: from the stock if it is there, and else leased for it alone. A sender
     * without a limit of its own takes a slot that is nobody's.
     */
    private @Nullable Slot takeOf(String sender) throws InterruptedException {
        boolean limited = limit.senders().contains(sender);
        Slot slot = stock.takeOf(limited ? sender : null);
        long resumes = senderResumesNanos.getOrDefault(sender, nanos.getAsLong());
        if (slot == null && nanos.getAsLong() - resumes >= 0) {
            long resumesAt = lease(limited ? List.of(limit.senderScope(sender)) : List.of(), 1);
            senderResumesNanos.put(sender, Math.max(resumesAt, nanos.getAsLong() + REST_MIN.toNanos()));
            slot = stock.takeOf(limited ? sender : null);
        }
        return slot;
    }

    /** For all senders together: what it answers holds for everybody. */
    private void leaseUpTo(int wanted) throws InterruptedException {
        if (stock.size() < wanted && rest().isZero()) {
            resumesNanos.set(lease(limit.senderScopes(), wanted - stock.size()));
        }
    }

    /** Answers when it is worth while to ask for these again. */
    private long lease(List<String> senderScopes, int wanted) throws InterruptedException {
        long askedNanos = nanos.getAsLong();
        Limit now = limit;
        Lease lease = answer(store.lease(now.scope(), senderScopes, wanted, HORIZON));
        long answeredNanos = nanos.getAsLong();
        if (lease == null) {
            return answeredNanos + REST_MAX.toNanos() + HORIZON.toNanos() / 2;
        }
        clock.sample(askedNanos, answeredNanos, lease.databaseAt());
        Duration late = now.isLimited() ? LATE_MAX : LATE_FOUND_MAX;
        for (RateStore.Leased leased : lease.slots()) {
            long at = clock.nanosOf(leased.at());
            stock.add(new Slot(at, at + late.toNanos(), now.sender(leased.sender())));
        }
        return clock.nanosOf(lease.resumesAt());
    }

    /** Null as well when the database is away: then nothing may leave. */
    private static @Nullable Lease answer(Future<@Nullable Lease> lease) throws InterruptedException {
        try {
            return lease.await(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            return null;
        }
    }

    private void dropMissed() {
        missed.addAndGet(stock.dropMissed(nanos.getAsLong()));
    }

    public boolean isMissed(Slot slot) {
        return nanos.getAsLong() - slot.lastNanos() > 0;
    }

    private static void sleep(Duration time) throws InterruptedException {
        if (time.isPositive()) {
            Thread.sleep(time);
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}
