package io.heliograph.worker;

import io.heliograph.worker.provider.SendBy;
import java.time.InstantSource;

/** The clocks of this process. */
record JvmClocks(InstantSource wall) implements SendBy.Clocks {
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return wall.millis();
    }
}
