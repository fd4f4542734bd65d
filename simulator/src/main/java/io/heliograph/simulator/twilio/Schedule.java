package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.Form;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Twilio's message scheduling: what it wants, and when the message is due. */
final class Schedule {
    private static final Duration AHEAD_MAX = Duration.ofDays(35);
    private static final int SCHEDULED_MAX = 500_000;

    private Schedule() {}

    static boolean isAskedFor(Form form) {
        return form.given("ScheduleType") != null || form.given("SendAt") != null;
    }

    /** The first thing that is wrong, or null. */
    static @Nullable TwilioError check(CreateRequest request, int aheadMinSeconds, int scheduled, long nowMillis) {
        Form form = request.form();
        if (!isAskedFor(form)) {
            return null;
        }
        if (!"fixed".equals(form.get("ScheduleType"))) {
            return TwilioError.of(35126);
        }
        String sendAt = form.given("SendAt");
        if (sendAt == null) {
            return TwilioError.of(35111);
        }
        if (request.messagingServiceSid() == null) {
            return TwilioError.of(35118);
        }
        Instant due = parse(sendAt);
        if (due == null) {
            return TwilioError.of(35117);
        }
        Duration ahead = Duration.between(Instant.ofEpochMilli(nowMillis), due);
        boolean fits = ahead.compareTo(Duration.ofSeconds(aheadMinSeconds)) > 0 && ahead.compareTo(AHEAD_MAX) <= 0;
        if (!fits) {
            return TwilioError.of(35114);
        }
        return scheduled >= SCHEDULED_MAX ? TwilioError.of(35125) : null;
    }

    /** ISO 8601; without a zone it is UTC, as the SDKs leave it out. Null when it is no such thing. */
    static @Nullable Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return parseWithoutZone(text);
        }
    }

    private static @Nullable Instant parseWithoutZone(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
