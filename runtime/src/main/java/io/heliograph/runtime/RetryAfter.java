package io.heliograph.runtime;

import io.vertx.core.http.HttpClientResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** When somebody who is busy wants to be asked again: in seconds, or as a date. */
public final class RetryAfter {
    private RetryAfter() {}

    public static Duration of(HttpClientResponse response, Duration max) {
        return of(response.getHeader("Retry-After"), response.getHeader("Date"), max);
    }

    /** A date counts from the one on which the same answer was given, so that no clock of ours matters. */
    static Duration of(@Nullable String text, @Nullable String answeredOn, Duration max) {
        if (text == null) {
            return Duration.ZERO;
        }
        Duration asked = text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : until(text, answeredOn);
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(max) < 0 ? asked : max;
    }

    private static Duration until(String date, @Nullable String answeredOn) {
        try {
            return answeredOn == null ? Duration.ZERO : Duration.between(date(answeredOn), date(date));
        } catch (DateTimeException _) {
            return Duration.ZERO;
        }
    }

    private static ZonedDateTime date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
