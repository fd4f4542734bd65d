package io.heliograph.torture.brownout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A brown-out, and what became of the traffic.
 *
 * @param victim the provider's name
 * @param movable how much of it there was another provider that was well
 * @param moved until the other provider had nearly all messages; null when it never had
 * @param returned from the end until this provider was given messages again; null when that was not seen
 * @param perSecond accepted by both together, from the begin to the end
 */
public record Endured(
        Brownout brownout,
        String victim,
        Duration movable,
        @Nullable Duration moved,
        @Nullable Duration returned,
        double perSecond) {
    /** In which traffic leaves a provider that is out; where there is less, nobody needs to get round. */
    private static final Duration MOVES_WITHIN = Duration.ofMillis(3_500);

    /** Traffic was to move, and did not. A provider that only asks to go slower is waited for. */
    public boolean isStuck() {
        return moved == null && brownout.trouble().isOutage() && movable.compareTo(MOVES_WITHIN) >= 0;
    }
}
