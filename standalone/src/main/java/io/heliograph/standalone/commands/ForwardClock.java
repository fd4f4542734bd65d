package io.heliograph.standalone.commands;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Another clock that was put forward. */
public final class ForwardClock extends Clock {
    private final Clock other;
    private volatile Duration forward = Duration.ZERO;

    public ForwardClock(Clock other) {
        this.other = other;
    }

    /** Never back. */
    void forwardTo(Instant time) {
        Duration more = Duration.between(instant(), time);
        forward = forward.plus(more.isNegative() ? Duration.ZERO : more);
    }

    @Override
    public Instant instant() {
        return other.instant().plus(forward);
    }

    @Override
    public ZoneId getZone() {
        return other.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
