package io.heliograph.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until it is told otherwise. */
final class TestClock extends Clock {
    private volatile Instant now;

    TestClock(String now) {
        this.now = OffsetDateTime.parse(now).toInstant();
    }

    void set(String time) {
        now = OffsetDateTime.parse(time).toInstant();
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
