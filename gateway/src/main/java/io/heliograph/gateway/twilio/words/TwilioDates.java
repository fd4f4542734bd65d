package io.heliograph.gateway.twilio.words;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates as Twilio writes them: RFC 2822 in UTC, to the second. Its SDKs read no other form. */
public final class TwilioDates {
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss +0000", Locale.ENGLISH);

    private TwilioDates() {}

    public static @Nullable String text(@Nullable OffsetDateTime time) {
        return time == null ? null : RFC_2822.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }
}
