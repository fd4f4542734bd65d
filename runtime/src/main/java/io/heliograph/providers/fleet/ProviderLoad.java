package io.heliograph.providers.fleet;

import io.heliograph.contract.Lane;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How busy a provider is.
 *
 * @param perSecond what it may be given now, all workers together; null for no limit
 * @param sentPerSecond what it was given lately
 * @param paused how long it still rests, or is left alone because it is down
 * @param waiting promises by lane, as last counted
 */
public record ProviderLoad(@Nullable Double perSecond, double sentPerSecond, Duration paused, Map<Lane, Long> waiting) {
    static final ProviderLoad IDLE = new ProviderLoad(null, 0, Duration.ZERO, Map.of());

    /** Fewer than these are gone before anybody has counted them. */
    private static final long WAITING_MIN = 100;

    public ProviderLoad {
        waiting = Map.copyOf(waiting);
    }

    /** When a message that comes now will leave, if what waits leaves as fast as it may or as it did. */
    public Duration delay(Lane lane) {
        long before = waiting.entrySet().stream()
                .filter(line -> line.getKey().compareTo(lane) <= 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
        double rate = perSecond == null ? sentPerSecond : perSecond;
        if ((before < WAITING_MIN && perSecond == null) || rate <= 0) {
            return paused;
        }
        return paused.plusMillis((long) (before * 1_000 / rate));
    }
}
