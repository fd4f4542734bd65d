package io.heliograph.worker.testing;

import io.heliograph.worker.provider.SendBy;
import java.time.Duration;

/** Two clocks that a test moves; together, or one at a time. */
public final class FakeClocks implements SendBy.Clocks {
    private long nanos;
    private long wallMillis;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long wallMillis() {
        return wallMillis;
    }

    public void pass(Duration time) {
        passOnTheMonotonicClock(time);
        passOnTheWall(time);
    }

    public void passOnTheMonotonicClock(Duration time) {
        nanos += time.toNanos();
    }

    public void passOnTheWall(Duration time) {
        wallMillis += time.toMillis();
    }
}
