package io.heliograph.providers;

import java.time.Duration;

/**
 * How often and how soon a message that a provider put off is tried again.
 *
 * @param attemptsMax tries in all. Defaults to {@code HELIOGRAPH_ATTEMPTS_MAX}, and that to 8.
 * @param base the longest pause before the second try; it doubles with each. Defaults to 1 s.
 * @param cap the pause is never longer. Defaults to 5 m.
 */
public record Retry(int attemptsMax, Duration base, Duration cap) {}
