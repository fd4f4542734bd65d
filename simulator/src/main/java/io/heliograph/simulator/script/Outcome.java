package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Status;
import org.jspecify.annotations.Nullable;

/** Where an accepted message ends, with Twilio's error code when that is no success. */
public record Outcome(Status last, @Nullable Integer errorCode) {
    public static final Outcome DELIVERED = new Outcome(Status.DELIVERED, null);
}
