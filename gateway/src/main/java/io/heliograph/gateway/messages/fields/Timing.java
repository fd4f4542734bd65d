package io.heliograph.gateway.messages.fields;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** When a message is to go, and for how long it is worth sending. */
public final class Timing {
    static final Duration SEND_AT_AHEAD_MAX = Duration.ofDays(35);
    static final Duration VALID_FOR_MIN = Duration.ofSeconds(1);
    static final Duration VALID_FOR_MAX = Duration.ofDays(14);
    static final Duration VALID_FOR_DEFAULT = Duration.ofDays(3);
    /** A client's clock may be behind ours by so much before "now" counts as the past. */
    static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(1);

    static final int LENGTH_MAX = 60;

    private Timing() {}

    public static @Nullable OffsetDateTime sendAt(JsonFields fields, OffsetDateTime now) {
        String text = fields.text("send_at", LENGTH_MAX);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime sendAt = OffsetDateTime.parse(text);
            if (sendAt.isAfter(now.plus(SEND_AT_AHEAD_MAX))) {
                fields.mistake("send_at", ProblemCode.TOO_FAR_AHEAD, "send_at must be at most 35 days ahead.");
            } else if (sendAt.isBefore(now.minus(CLOCK_SKEW_MAX))) {
                fields.mistake("send_at", ProblemCode.IN_THE_PAST, "send_at has passed. Leave it out to send at once.");
            }
            return sendAt;
        } catch (DateTimeException e) {
            fields.mistake(
                    "send_at",
                    ProblemCode.INVALID_TIME,
                    "send_at must be a time with its offset, such as 2026-12-01T10:00:00+05:30.");
            return null;
        }
    }

    static Duration validFor(JsonFields fields) {
        Duration duration = validForOrNull(fields);
        return duration == null ? VALID_FOR_DEFAULT : duration;
    }

    static @Nullable Duration validForOrNull(JsonFields fields) {
        return fields.duration("valid_for", VALID_FOR_MIN, VALID_FOR_MAX);
    }
}
