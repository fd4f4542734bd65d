package io.heliograph.worker.intake;

import io.heliograph.worker.limits.Grant;
import io.heliograph.worker.limits.Slots;
import java.time.Duration;
import java.util.List;

/**
 * Has messages claimed as fast as they may be sent, and no faster: as many as there is room and as there are send slots
 * for. One round takes no longer than a claim; the calls go on by themselves.
 */
public final class ClaimDue {
    /** Claims these, and begins with them; each is done when it is recorded. Says in the grant which of them come for a slot. */
    public interface Begin {
        void begin(Batch due, Grant grant) throws InterruptedException;
    }

    /** How many of so many may be claimed now. */
    public interface Reserve {
        Grant of(int messages) throws InterruptedException;
    }

    private static final Duration TAKE_WAIT = Duration.ofMillis(250);
    private static final Duration ROOM_WAIT = Duration.ofMillis(4);

    private final Hand hand;
    private final InFlight inFlight;
    private final Slots slots;
    private final Reserve reserve;
    private final Begin begin;
    private final int batchMax;

    public ClaimDue(Hand hand, InFlight inFlight, Slots slots, Reserve reserve, Begin begin, int batchMax) {
        this.hand = hand;
        this.inFlight = inFlight;
        this.slots = slots;
        this.reserve = reserve;
        this.begin = begin;
        this.batchMax = batchMax;
    }

    /** Answers how many were begun with. */
    public int runOnce() throws InterruptedException {
        // A full house is no reason to give back what waits: a place is free in a moment.
        hand.follow(inFlight.isOpen());
        int room = room();
        List<Held> taken = room > 0 ? hand.take(Math.min(room, batchMax), TAKE_WAIT) : List.of();
        if (taken.isEmpty()) {
            return 0;
        }
        try (Grant grant = reserve(taken)) {
            int granted = grant.messages();
            if (granted > 0) {
                inFlight.begin(granted);
                begin.begin(new Batch(taken.subList(0, granted), inFlight), grant);
            } else {
                Thread.sleep(slots.rest());
            }
            return granted;
        }
    }

    private int room() throws InterruptedException {
        int room = inFlight.room();
        if (inFlight.isScarce(room)) {
            Thread.sleep(ROOM_WAIT);
            return inFlight.room();
        }
        return room;
    }

    /** What gets no slot is put back before the wait for the next ones, so that something more urgent may overtake it. */
    private Grant reserve(List<Held> taken) throws InterruptedException {
        int granted = 0;
        try {
            Grant grant = reserve.of(taken.size());
            granted = grant.messages();
            return grant;
        } finally {
            hand.putBack(taken.subList(granted, taken.size()));
        }
    }
}
