package io.heliograph.simulator.twilio;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes dates as Twilio does: RFC 2822 in UTC, to the second. Belongs to one event loop. */
final class TwilioDate {
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss +0000", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Nearly all dates that are written now are of the same second. */
    private long latestSecond = Long.MIN_VALUE;

    private String latest = "";

    String write(long millis) {
        long second = Math.floorDiv(millis, 1_000L);
        if (second != latestSecond) {
            latestSecond = second;
            latest = RFC_2822.format(Instant.ofEpochSecond(second));
        }
        return latest;
    }
}
