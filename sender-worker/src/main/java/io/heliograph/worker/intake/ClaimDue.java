package io.heliograph.worker.intake;

import io.heliograph.worker.limits.Slots;
import java.time.Duration;
import java.util.List;

/**
 * Has messages claimed as fast as they may be sent, and no faster: as many as there is room and as there are send slots
 * for. One round takes no longer than a claim; the calls go on by themselves.
 */
public final class ClaimDue {
    /** Claims these, and begins with them; each is done when it is recorded. Answers how many are on their way to be sent. */
    public interface Begin {
        int begin(Batch due) throws InterruptedException;
    }

    private static final Duration TAKE_WAIT = Duration.ofMillis(250);
    private static final Duration ROOM_WAIT = Duration.ofMillis(4);

    private final Hand hand;
    private final InFlight inFlight;
    private final Slots slots;
    private final Begin begin;
    private final int batchMax;

    public ClaimDue(Hand hand, InFlight inFlight, Slots slots, Begin begin, int batchMax) {
        this.hand = hand;
        this.inFlight = inFlight;
        this.slots = slots;
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
        int granted = reserve(taken);
        if (granted > 0) {
            inFlight.begin(granted);
            begin(new Batch(taken.subList(0, granted), inFlight), granted);
        }
        return granted;
    }

    /** Whatever was not claimed after all needs no slot. */
    private void begin(Batch due, int granted) throws InterruptedException {
        int begun = 0;
        try {
            begun = begin.begin(due);
        } finally {
            slots.release(granted - begun);
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
    private int reserve(List<Held> taken) throws InterruptedException {
        int granted = 0;
        try {
            granted = slots.reserve(taken.size());
        } finally {
            hand.putBack(taken.subList(granted, taken.size()));
        }
        if (granted == 0) {
            Thread.sleep(slots.rest());
        }
        return granted;
    }
}
