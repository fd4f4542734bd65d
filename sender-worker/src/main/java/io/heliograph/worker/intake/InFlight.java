package io.heliograph.worker.intake;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Bounds what is claimed for a provider and not yet recorded: whatever a worker has claimed when it dies is in doubt.
 *
 * <p>{@code allowed} says how much the provider may be given at once now; 0 while it is to be left alone.
 */
public final class InFlight {
    private final IntSupplier allowed;
    private final AtomicInteger messages = new AtomicInteger();

    public InFlight(IntSupplier allowed) {
        this.allowed = allowed;
    }

    /** Whether the provider may be given anything at all. */
    boolean isOpen() {
        return allowed.getAsInt() > 0;
    }

    /** How many more may be claimed now. */
    public int room() {
        return Math.max(0, allowed.getAsInt() - messages.get());
    }

    /** Whether so many are a small part of what is allowed: then it is better to wait a moment and claim more at once. */
    boolean isScarce(int room) {
        return messages.get() > 0 && room < allowed.getAsInt() / 4;
    }

    void begin(int count) {
        messages.addAndGet(count);
    }

    public void end(int count) {
        messages.addAndGet(-count);
    }

    public int messages() {
        return messages.get();
    }
}
