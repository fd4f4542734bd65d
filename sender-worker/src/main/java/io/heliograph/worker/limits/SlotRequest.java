package io.heliograph.worker.limits;

import org.jspecify.annotations.Nullable;

/**
 * What is to leave together in a slot: so many messages, from a sender if they must come from one.
 *
 * @param isGranted whether a {@link Grant} counts on it to come
 * @param consent asked of each slot before it is used
 */
public record SlotRequest(int messages, @Nullable String sender, boolean isGranted, Consent consent) {
    /** Whether a slot may be used by the one who asked for it; another may have it if not. */
    public interface Consent {
        boolean to(Slot slot) throws InterruptedException;
    }

    /** Something that nobody has granted a slot, and that any will suit: a look-up. */
    public static SlotRequest lookUp() {
        return new SlotRequest(1, null, false, _ -> true);
    }

    /** The same, from that sender, after the slot that was granted is gone. */
    public SlotRequest from(@Nullable String another) {
        return new SlotRequest(messages, another, false, consent);
    }
}
