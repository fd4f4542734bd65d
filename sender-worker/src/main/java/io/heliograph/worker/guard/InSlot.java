package io.heliograph.worker.guard;

import io.heliograph.worker.limits.Slot;
import io.heliograph.worker.limits.SlotRequest;
import io.heliograph.worker.limits.Slots;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How calls come to their slots. */
final class InSlot {
    /** For one call, which misses them when it is not quick enough. */
    static final int SLOTS_MAX = 5;
    /** A claim is in doubt for as long as it waits here, should this worker die. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(2);

    private InSlot() {}

    /** Null when none came in time. */
    static @Nullable Slot await(Slots slots, SlotRequest request) {
        try {
            return slots.await(request, WAIT_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Asks something of the provider; what was {@code tooLate} for its slot takes another one. */
    static <T> T ask(Slots slots, T noSlot, T tooLate, Function<Slot, T> question) {
        T answer = noSlot;
        for (int left = SLOTS_MAX; left > 0; left--) {
            Slot slot = await(slots, SlotRequest.lookUp());
            if (slot == null) {
                return answer;
            }
            answer = question.apply(slot);
            if (!answer.equals(tooLate)) {
                return answer;
            }
            slots.miss(1);
        }
        return answer;
    }
}
