package io.heliograph.gateway.outbox;

import io.vertx.core.Vertx;
import java.time.Duration;

/** When an event loop comes to something that is not done at once. Everything runs on the loop that asks. */
public interface Turns {
    /** After what the loop has read already. */
    void soon(Runnable task);

    void in(Duration delay, Runnable task);

    static Turns of(Vertx vertx) {
        return new Turns() {
            @Override
            public void soon(Runnable task) {
                vertx.runOnContext(_ -> task.run());
            }

            @Override
            public void in(Duration delay, Runnable task) {
                long _ = vertx.setTimer(delay.toMillis(), _ -> task.run());
            }
        };
    }
}
