package io.heliograph.gateway.twilio.creating;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.twilio.words.Form;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** When a message is to go: {@code ScheduleType=fixed} with {@code SendAt}, as Twilio wants it. */
final class Schedule {
    /** More than this, and at most that. */
    private static final Duration AHEAD_MIN = Duration.ofMinutes(5);

    private static final Duration AHEAD_MAX = Duration.ofDays(35);

    private Schedule() {}

    /** Null for at once. Throws Twilio's error about what is wrong. */
    static @Nullable OffsetDateTime sendAt(Form form, OffsetDateTime now) {
        String type = form.text("ScheduleType");
        String sendAt = form.text("SendAt");
        if (type == null && sendAt == null) {
            return null;
        }
        if (!"fixed".equals(type)) {
            throw TwilioErrors.of(ProblemCode.NOT_ALLOWED, 35126, "ScheduleType must be fixed");
        }
        if (sendAt == null) {
            throw TwilioErrors.of(ProblemCode.MISSING, 35111, "SendAt timestamp is missing");
        }
        if (form.text("MessagingServiceSid") == null) {
            throw TwilioErrors.of(ProblemCode.MISSING, 35118, "MessagingServiceSid is required to schedule a message");
        }
        OffsetDateTime time = parse(sendAt);
        if (time == null) {
            throw TwilioErrors.of(
                    ProblemCode.INVALID_TIME, 35117, "SendAt must be an ISO 8601 time, such as 2026-12-01T10:00:00Z");
        }
        if (!time.isAfter(now.plus(AHEAD_MIN)) || time.isAfter(now.plus(AHEAD_MAX))) {
            throw TwilioErrors.of(
                    ProblemCode.NOT_ALLOWED, 35114, "SendAt must be more than 300 seconds and at most 35 days ahead");
        }
        return time;
    }

    /** Without a zone it is UTC: Twilio's Java SDK leaves it out. */
    private static @Nullable OffsetDateTime parse(String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            return parseWithoutZone(text);
        }
    }

    private static @Nullable OffsetDateTime parseWithoutZone(String text) {
        try {
            return LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
