package io.heliograph.worker.limits;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The send slots of one provider that this worker has leased. A slot is a moment; what leaves later than that by more than
 * a little would make another second too full, so a slot that was missed is thrown away and never saved up.
 */
public final class Slots {
    private interface Promise {
        int of(ProviderLimit limit, int slots, int ahead) throws InterruptedException;
    }

    /** Where there is no limit, no moment is too late. */
    private static final Duration UNLIMITED = Duration.ofDays(1);

    private static final Duration REST_MIN = Duration.ofMillis(2);
    private static final Duration REST_MAX = Duration.ofMillis(250);
    /** How much more than what came lately the calls of a claim may carry: so it is found out when they could. */
    private static final int CALL_GROWTH = 2;
    /** What is asked beside the messages keeps out of their way for so long after they lacked a slot. */
    private static final Duration LACK_LASTS = Duration.ofSeconds(1);
    /** Of what came lately, which came in about 150 ms: 50 ms. */
    private static final int SPARE_PART = 3;

    private final RateStore store;
    private final LongSupplier nanos;
    private final LeasedSlots leased;
    /** Slots that calls wait for which have their place, and nothing else to wait for. */
    private final AtomicInteger awaited = new AtomicInteger();

    private final RecentCalls calls;
    private volatile ProviderLimit limit;
    /** It has no limit of ours, and was found to have one of its own: then a slot is a call's. */
    private volatile boolean found;

    private volatile long pausedUntilNanos;
    private volatile long lackedNanos;
    /** Of the last claim. */
    private volatile int messagesPerCall = 1;

    public Slots(RateStore store, ProviderLimit limit, LongSupplier nanos) {
        this.store = store;
        this.limit = limit;
        this.nanos = nanos;
        this.leased = new LeasedSlots(store, nanos, this::spare);
        this.calls = new RecentCalls(nanos.getAsLong());
        this.pausedUntilNanos = nanos.getAsLong();
        this.lackedNanos = pausedUntilNanos - LACK_LASTS.toNanos();
    }

    /** From the next lease on. Slots that are leased already stay good: they reach a fraction of a second ahead. */
    public void limit(ProviderLimit changed) {
        boolean begins = changed.isLimited() && !limit.isLimited();
        change(now -> changed.without(now.unwell()));
        if (begins) {
            // What was granted before waits for nothing, and would have slots leased for it that nobody takes.
            leased.forget();
        }
    }

    /** From the next lease on, slots are of senders that are not among these. */
    public void withoutSenders(Supplier<Set<String>> unwell) {
        change(now -> now.without(unwell.get()));
    }

    private synchronized void change(UnaryOperator<ProviderLimit> how) {
        limit = how.apply(limit);
    }

    /** As many messages as its provider takes in one call. */
    public int callSize() {
        return limit.callSize();
    }

    /** The most messages that one call may carry for the limit's sake. */
    public int callSizeMax() {
        return limit.callSizeMax();
    }

    /** Null for no limit. */
    public @Nullable Double perSecond() {
        return limit.perSecond();
    }

    public boolean isLeased() {
        return found || limit.isLimited();
    }

    /** Whether messages got fewer than they wanted lately, because the limit has no more. */
    public boolean areLacking() {
        return isLeased() && nanos.getAsLong() - lackedNanos < LACK_LASTS.toNanos();
    }

    public boolean isMissed(Slot slot) {
        return nanos.getAsLong() - slot.lastNanos() > 0;
    }

    /** Slots that somebody was to come for, and did not in time. */
    public long missed() {
        return leased.missed().get();
    }

    /** A call of so many messages had its slot, and was not on its way in time. */
    public void miss(int messages) {
        leased.missed().addAndGet(limit.slotsFor(messages));
    }

    /** For a provider without a limit, which leases nothing and so would not see what holds it back all the same. */
    public void follow(RateStore.Brake brake) {
        pausedFor(brake.pausedFor());
        boolean changes = found != brake.found();
        found = brake.found();
        // After that: what is granted meanwhile must not be kept for nobody.
        if (changes && !limit.isLimited()) {
            leased.forget();
        }
    }

    /** The provider says "too fast": the whole fleet slows down, and rests for as long as it asked. */
    public Future<Void> slowDown(@Nullable String sender, Duration rest) throws InterruptedException {
        ProviderLimit now = limit;
        if (!now.isLimited()) {
            // Others see it in the database in a moment; here it holds before anything more leaves.
            pausedFor(rest);
            found = true;
        }
        leased.clear();
        return store.slowDown(
                sender == null ? List.of(now.scope()) : List.of(now.scope(), now.senderScope(sender)),
                rest,
                calls.count(nanos.getAsLong()));
    }

    /**
     * How many of so many messages may be claimed now, to leave within the horizon. No slot is leased for what would only
     * wait for its place: so many calls may begin now, and about as many more as did lately will before their slots are over.
     */
    public Grant reserve(int wanted, int placesFree) throws InterruptedException {
        return reserve(wanted, placesFree, leased::promise);
    }

    /** The same for what goes before all that others reserve: the next slots are kept for what gets none. */
    public Grant reserveFirst(int wanted, int placesFree) throws InterruptedException {
        return reserve(wanted, placesFree, leased::promiseFirst);
    }

    private Grant reserve(int wanted, int placesFree, Promise promise) throws InterruptedException {
        ProviderLimit now = limit;
        if (isPaused()) {
            return new Grant(this, 0, 0);
        }
        if (!isLeased()) {
            return new Grant(this, wanted, 0);
        }
        int perSlot = now.isLimited() ? 1 : Math.min(now.callSize(), CALL_GROWTH * messagesPerCall);
        int slots = Math.ceilDiv(wanted, perSlot);
        int granted = promise.of(now, slots, ahead(placesFree));
        if (granted < slots && leased.restNanos() > 0) {
            lackedNanos = nanos.getAsLong();
        }
        return new Grant(this, granted == slots ? wanted : Math.min(wanted, granted * perSlot), granted);
    }

    /** Of what was granted so many slots, these come for them: a limit that was found is one of calls. */
    void expect(int granted, int messages, int callsOfThem) {
        if (callsOfThem > 0) {
            messagesPerCall = Math.ceilDiv(messages, callsOfThem);
        }
        int coming = limit.isLimited() ? messages : callsOfThem;
        leased.release(granted - (isLeased() ? coming : 0));
    }

    /** Whether a call of so many messages, which has given back what it was granted, is granted it again. */
    public boolean reserveCall(int messages) throws InterruptedException {
        ProviderLimit now = limit;
        if (isPaused() || !isLeased()) {
            return !isPaused();
        }
        int slots = now.slotsFor(messages);
        int granted = leased.promise(now, slots, Integer.MAX_VALUE);
        if (granted < slots) {
            leased.release(granted);
        }
        return granted == slots;
    }

    /** A call of so many messages that was granted its slots does not need them: others may have them. */
    public void release(int messages) {
        leased.release(limit.slotsFor(messages));
    }

    /** How long it is not worth while to ask for more. */
    public Duration rest() {
        long paused = isPaused() ? pausedUntilNanos - nanos.getAsLong() : 0;
        long left = isLeased() ? Math.max(paused, leased.restNanos()) : paused;
        return left <= 0 ? Duration.ZERO : shorter(Duration.ofNanos(left), REST_MAX);
    }

    /** Waits for the moment at which these may leave; null when it does not come within the time given, or does not suit. */
    public @Nullable Slot await(SlotRequest request, Duration within) throws InterruptedException {
        long untilNanos = nanos.getAsLong() + within.toNanos();
        int slots = limit.slotsFor(request.messages());
        int granted = request.isGranted() ? slots : 0;
        awaited.addAndGet(slots);
        try {
            while (nanos.getAsLong() - untilNanos < 0) {
                List<Slot> taken = take(slots, request.sender(), granted);
                if (taken.isEmpty()) {
                    sleep(longer(rest(), REST_MIN));
                    continue;
                }
                granted = 0;
                Slot last = taken.getLast();
                if (last.nanos() - untilNanos > 0 || !request.consent().to(last)) {
                    // Too late for this one, in time for the next.
                    putBack(taken);
                    return null;
                }
                sleep(Duration.ofNanos(last.nanos() - nanos.getAsLong()));
                if (!isMissed(last)) {
                    calls.add(nanos.getAsLong());
                    return last;
                }
                leased.missed().addAndGet(slots);
            }
            return null;
        } finally {
            awaited.addAndGet(-slots);
            leased.release(granted);
        }
    }

    /** For the calls of the next 50 ms, if it goes on as it did; none where few are made. */
    private int spare() {
        return limit.isLimited() ? (int) (calls.lately(nanos.getAsLong()) / SPARE_PART) : 0;
    }

    /** At least one, lest a single place stand idle between two claims. */
    private int ahead(long placesFree) {
        long begin = placesFree + calls.lately(nanos.getAsLong());
        return Math.clamp(begin * limit.slotsPerCall(), 1, Integer.MAX_VALUE);
    }

    private List<Slot> take(int slots, @Nullable String sender, int granted) throws InterruptedException {
        ProviderLimit now = limit;
        if (isPaused()) {
            return List.of();
        }
        if (!isLeased()) {
            // It may have been granted one under a limit that is gone, and may come again.
            leased.release(granted);
            long at = nanos.getAsLong();
            return List.of(new Slot(at, at + UNLIMITED.toNanos(), null));
        }
        return sender == null
                ? leased.takeAny(now, slots, granted, awaited.get() + ahead(0))
                : leased.takeOf(sender, now, slots, granted);
    }

    private void putBack(List<Slot> taken) throws InterruptedException {
        if (isLeased()) {
            leased.putBack(taken);
        }
    }

    private synchronized void pausedFor(Duration rest) {
        long until = nanos.getAsLong() + rest.toNanos();
        if (until - pausedUntilNanos > 0) {
            pausedUntilNanos = until;
        }
    }

    /** Where there is a limit of ours, the database says it with each lease. */
    private boolean isPaused() {
        return !limit.isLimited() && nanos.getAsLong() - pausedUntilNanos < 0;
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
