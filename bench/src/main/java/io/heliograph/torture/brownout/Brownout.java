package io.heliograph.torture.brownout;

import java.time.Duration;
import java.util.Locale;

/**
 * One trouble of whichever provider carries the traffic when it comes.
 *
 * @param at since the begin of the load
 */
public record Brownout(Duration at, Duration lasting, Trouble trouble) {
    public Duration end() {
        return at.plus(lasting);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%6.1f s  %s for %.1f s", at.toMillis() / 1e3, trouble.word(), lasting.toMillis() / 1e3);
    }
}
