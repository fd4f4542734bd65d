package io.heliograph.runtime;

import io.vertx.core.http.HttpClientResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** When somebody who is busy wants to be asked again: in seconds, or as a date. */
public final class RetryAfter {
    /** More is longer than anybody waits, and no number that a Duration takes for sure. */
    private static final int DIGITS_MAX = 9;

    private RetryAfter() {}

    public static Duration of(HttpClientResponse response, Duration max) {
        Instant now = InstantSource.system().instant();
        return of(response.getHeader("Retry-After"), response.getHeader("Date"), now, max);
    }

    /** A date counts from the one on which the same answer was given, so that no clock of ours matters; from ours where it has none. */
    static Duration of(@Nullable String text, @Nullable String answeredOn, Instant now, Duration max) {
        if (text == null) {
            return Duration.ZERO;
        }
        Duration asked = text.matches("\\d+") ? seconds(text, max) : until(text, answeredOn, now);
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(max) < 0 ? asked : max;
    }

    private static Duration seconds(String digits, Duration max) {
        return digits.length() > DIGITS_MAX ? max : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Duration until(String text, @Nullable String answeredOn, Instant now) {
        Instant date = date(text);
        Instant answered = date(answeredOn);
        return date == null ? Duration.ZERO : Duration.between(answered == null ? now : answered, date);
    }

    private static @Nullable Instant date(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }
}
