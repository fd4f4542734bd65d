package io.heliograph.gateway.messages.fields;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Segments;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Recourse;
import io.heliograph.gateway.outbox.TwilioExtras;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one message out of JSON. Pure: the same body at the same moment gives the same message or the same mistakes. */
public final class MessageFields {
    /** The fields that a message can have; nothing else is taken. */
    public static final List<String> NAMES = List.of(
            "to",
            "text",
            "channel",
            "from",
            "media_urls",
            "subject",
            "html",
            "dlt",
            "lane",
            "send_at",
            "valid_for",
            "on_unknown",
            "reference",
            "metadata",
            "retry",
            "on_undelivered",
            "fallback");

    public static final int TEXT_LENGTH_MAX = 1_600;
    static final int EMAIL_TEXT_LENGTH_MAX = 50_000;
    public static final int REFERENCE_LENGTH_MAX = 200;
    static final List<String> ON_UNKNOWN = List.of("fail", "resend");
    /** The first is what is usual, and is not stored. */
    static final List<String> ON_UNDELIVERED = List.of("fail", "another_provider");

    /** Whose message it is, the id that it gets, what time it is, and which message it repeats, if it does. */
    public record Origin(
            long accountId,
            UUID id,
            OffsetDateTime now,
            @Nullable UUID replayOf) {}

    /** What came of reading: a message, or everything that is wrong with it. */
    public sealed interface Read {
        record Valid(NewMessage message) implements Read {}

        record Invalid(Mistakes mistakes) implements Read {}
    }

    private final Addresses addresses;
    private final FallbackFields fallbacks;
    private final Estimates estimates;

    public MessageFields(Recipients recipients, Estimates estimates) {
        this.addresses = new Addresses(recipients);
        this.fallbacks = new FallbackFields(addresses);
        this.estimates = estimates;
    }

    /** {@code pointer} is where the message stands in the body: empty when it is the body. */
    public Read read(JsonObject json, String pointer, Origin origin) {
        JsonFields fields = new JsonFields(json, pointer);
        Channel channel = addresses.channel(fields);
        String to = addresses.recipient(fields, channel);
        String from = addresses.sender(fields, channel);
        JsonArray mediaUrls = Attachments.mediaUrls(fields, channel);
        JsonObject content = RichContent.read(fields, channel);
        String text = text(fields, channel, mediaUrls);
        Lane lane = Lane.of(fields.oneOf("lane", Lane.WORDS, Lane.NORMAL.word()));
        OffsetDateTime sendAt = Timing.sendAt(fields, origin.now());
        Duration validFor = Timing.validFor(fields);
        String onUnknown = fields.oneOf("on_unknown", ON_UNKNOWN, "fail");
        String reference = fields.text("reference", REFERENCE_LENGTH_MAX);
        JsonObject metadata = Attachments.metadata(fields);
        Recourse recourse = recourse(fields, new FallbackFields.Own(channel, to, text, validFor));
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty() || to == null) {
            return new Read.Invalid(mistakes);
        }
        Duration delay = estimates.delay(origin.accountId(), channel, to, lane, validFor);
        // How long lines will be at a later time is not known.
        if (sendAt == null && delay.compareTo(validFor) >= 0) {
            fields.mistake(
                    "valid_for",
                    ProblemCode.WOULD_EXPIRE,
                    "It would expire: it could be sent in about " + Math.max(1, delay.toSeconds())
                            + " s, and is valid for " + validFor.toSeconds() + " s.");
            return new Read.Invalid(fields.mistakes());
        }
        Segments segments = channel == Channel.EMAIL ? Segments.NONE : Segments.of(text);
        return new Read.Valid(new NewMessage(
                origin.id(),
                origin.accountId(),
                channel,
                lane,
                to,
                from,
                text,
                mediaUrls,
                content,
                segments.count(),
                segments.encoding(),
                sendAt,
                estimate(origin.now(), sendAt, delay),
                validFor,
                onUnknown,
                reference,
                metadata,
                origin.replayOf(),
                recourse,
                TwilioExtras.NONE,
                null));
    }

    private Recourse recourse(JsonFields fields, FallbackFields.Own own) {
        JsonObject retry = RetryFields.read(fields);
        String onUndelivered = fields.oneOf("on_undelivered", ON_UNDELIVERED, ON_UNDELIVERED.getFirst());
        return new Recourse(
                retry,
                onUndelivered.equals(ON_UNDELIVERED.getFirst()) ? null : onUndelivered,
                fallbacks.read(fields, own));
    }

    private static OffsetDateTime estimate(OffsetDateTime now, @Nullable OffsetDateTime sendAt, Duration delay) {
        OffsetDateTime from = sendAt != null && sendAt.isAfter(now) ? sendAt : now;
        return from.plus(delay).truncatedTo(ChronoUnit.MILLIS);
    }

    /** A picture may come without words, and so may HTML, which has its own. */
    static String text(JsonFields fields, Channel channel, @Nullable JsonArray mediaUrls) {
        int lengthMax = textLengthMax(channel);
        boolean optional = channel == Channel.EMAIL ? !fields.isMissing("html") : mediaUrls != null;
        String text = optional ? fields.text("text", lengthMax) : fields.requiredText("text", lengthMax);
        return text == null ? "" : text;
    }

    public static int textLengthMax(Channel channel) {
        return channel == Channel.EMAIL ? EMAIL_TEXT_LENGTH_MAX : TEXT_LENGTH_MAX;
    }
}
