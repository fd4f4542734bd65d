package io.heliograph.torture.brownout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A brown-out, and what became of the traffic.
 *
 * @param victim the provider's name
 * @param moved until the other provider had nearly all messages; null when it never had
 * @param returned from the end until this provider was given messages again; null when that was not seen
 * @param perSecond accepted by both together, from the begin to the end
 */
public record Endured(
        Brownout brownout,
        String victim,
        @Nullable Duration moved,
        @Nullable Duration returned,
        double perSecond) {}
