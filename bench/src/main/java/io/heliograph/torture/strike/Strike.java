package io.heliograph.torture.strike;

import java.time.Duration;
import java.util.Locale;

/**
 * One blow.
 *
 * @param at since the begin of the load
 * @param down until it is started again or thawed
 */
public record Strike(Duration at, String victim, Action action, Duration down) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%6.1f s  %-6s %-10s for %.1f s",
                at.toMillis() / 1e3,
                action.word(),
                victim,
                down.toMillis() / 1e3);
    }
}
