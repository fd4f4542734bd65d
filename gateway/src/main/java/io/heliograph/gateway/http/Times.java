package io.heliograph.gateway.http;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as every answer writes them: RFC 3339 in UTC, to the microsecond. */
public final class Times {
    private static final int LENGTH_WITHOUT_SECONDS = "2026-12-01T10:00Z".length();

    private static final int YEAR_MAX = 9_999;

    private Times() {}

    /**
     * As RFC 3339 has them, of years with four digits: Java knows others, which neither the database nor a shift of the offset bears.
     *
     * @throws DateTimeException for anything else
     */
    public static OffsetDateTime read(String text) {
        return within(OffsetDateTime.parse(text));
    }

    /**
     * The same time.
     *
     * @throws DateTimeException for a year that no answer could write
     */
    public static OffsetDateTime within(OffsetDateTime time) {
        if (time.getYear() < 1 || time.getYear() >= YEAR_MAX) {
            throw new DateTimeException("Year");
        }
        return time;
    }

    public static @Nullable String text(@Nullable OffsetDateTime time) {
        if (time == null) {
            return null;
        }
        String text = time.withOffsetSameInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MICROS)
                .toString();
        // RFC 3339 wants the seconds that toString leaves out when they are zero. A formatter would cost ten times as
        // much.
        return text.length() == LENGTH_WITHOUT_SECONDS ? text.replace("Z", ":00Z") : text;
    }
}
