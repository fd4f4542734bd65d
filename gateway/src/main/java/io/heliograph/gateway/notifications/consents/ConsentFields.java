package io.heliograph.gateway.notifications.consents;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what an account says about a user's consent. Throws the problem of a body that is wrong, with all its mistakes. */
final class ConsentFields {
    private static final List<String> CHANGES = List.of(Consent.GRANT, Consent.WITHDRAW);
    private static final int WORD_LENGTH_MAX = 40;
    private static final int SOURCE_LENGTH_MAX = 200;
    private static final int IP_LENGTH_MAX = 45;
    private static final int USER_AGENT_LENGTH_MAX = 1_000;
    private static final int TEXT_VERSION_LENGTH_MAX = 200;
    /** By so much another clock may be ahead of ours. */
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);
    /** Before it nobody can have agreed to anything here. */
    private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");

    private ConsentFields() {}

    static Consent read(JsonObject body, OffsetDateTime now) {
        JsonFields fields = new JsonFields(body, "");
        Consent consent = new Consent(
                word(fields, "channel", NotificationChannel.WORDS),
                word(fields, "purpose", Purpose.WORDS),
                word(fields, "change", CHANGES),
                source(fields),
                ip(fields),
                fields.text("user_agent", USER_AGENT_LENGTH_MAX),
                fields.text("text_version", TEXT_VERSION_LENGTH_MAX),
                occurredAt(fields, now));
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return consent;
    }

    private static String word(JsonFields fields, String name, List<String> words) {
        String word = fields.requiredText(name, WORD_LENGTH_MAX);
        if (word != null && !words.contains(word)) {
            fields.mistake(name, ProblemCode.NOT_ALLOWED, name + " must be one of: " + String.join(", ", words) + ".");
        }
        return word == null ? "" : word;
    }

    private static String source(JsonFields fields) {
        String source = fields.requiredText("source", SOURCE_LENGTH_MAX);
        return source == null ? "" : source;
    }

    private static @Nullable String ip(JsonFields fields) {
        String text = fields.text("ip", IP_LENGTH_MAX);
        try {
            return text == null ? null : InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            fields.mistake("ip", ProblemCode.NOT_ALLOWED, "ip must be an IPv4 or IPv6 address.");
            return null;
        }
    }

    private static OffsetDateTime occurredAt(JsonFields fields, OffsetDateTime now) {
        Instant told = fields.time("occurred_at");
        if (told == null) {
            return now;
        }
        if (told.isAfter(now.toInstant().plus(AHEAD_MAX))) {
            fields.mistake("occurred_at", ProblemCode.TOO_FAR_AHEAD, "occurred_at must not be in the future.");
        } else if (told.isBefore(FIRST)) {
            fields.mistake("occurred_at", ProblemCode.INVALID_TIME, "occurred_at must not be before 1990.");
        }
        return told.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
