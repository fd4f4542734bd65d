package io.heliograph.webhooks.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a delivery that did not arrive is tried again: after a random pause of up to the next of these, so that what failed together
 * does not come back together. The last try is when its time is over, whatever the pauses were.
 *
 * @param forAtMost from the promise to the last try.
 * @param random from 0 to 1.
 */
record RetrySchedule(Duration forAtMost, DoubleSupplier random) {
    private static final List<Duration> PAUSES_MAX = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6));

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final int TRIES_MAX = 50;

    /** Empty when it is given up. */
    Optional<Duration> pauseAfter(int tries, Duration age, Duration retryAfter) {
        Duration left = forAtMost.minus(age);
        if (tries >= TRIES_MAX || left.compareTo(PAUSE_MIN) < 0) {
            return Optional.empty();
        }
        Duration max = PAUSES_MAX.get(Math.min(tries, PAUSES_MAX.size()) - 1);
        Duration pause = Duration.ofMillis((long) (max.toMillis() * random.getAsDouble()));
        return Optional.of(min(max(max(pause, PAUSE_MIN), retryAfter), left));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
