package io.heliograph.worker.guard;

import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.ReceiptSource;
import io.heliograph.worker.provider.SendBy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Has a question for a receipt leave in a slot of the fleet's, as look-ups do, and only where messages leave some. */
public final class RateLimitedReceipts implements ReceiptSource {
    private static final Told NO_SLOT = new Told.Unavailable("rate_limited");

    private final ReceiptSource next;
    private final Slots slots;
    private final SendBy.Clocks clocks;

    public RateLimitedReceipts(ReceiptSource next, Slots slots, SendBy.Clocks clocks) {
        this.next = next;
        this.slots = slots;
        this.clocks = clocks;
    }

    @Override
    public Told receiptOf(String providerMessageId, @Nullable SendBy sendBy) {
        return InSlot.ask(slots, NO_SLOT, Told.TOO_LATE, slot -> {
            Duration left = Duration.ofNanos(slot.lastNanos() - clocks.nanos());
            return next.receiptOf(providerMessageId, SendBy.in(left, clocks));
        });
    }

    @Override
    public boolean hasToWait() {
        return slots.areLacking();
    }
}
