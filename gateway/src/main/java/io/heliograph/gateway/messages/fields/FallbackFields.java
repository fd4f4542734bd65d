package io.heliograph.gateway.messages.fields;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Segments;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is tried next when a message ends without having reached the person. Each is checked like a message, and is stored
 * complete, because the database makes a message of it without asking anybody.
 */
final class FallbackFields {
    static final int FALLBACKS_MAX = 3;
    private static final String NAME = "fallback";

    /** What a fallback has of the message, unless it has its own; null for a recipient that was wrong. */
    record Own(Channel channel, @Nullable String recipient, String text, Duration validFor) {}

    private final Addresses addresses;

    FallbackFields(Addresses addresses) {
        this.addresses = addresses;
    }

    /** As it is stored; null for none. */
    @Nullable
    JsonArray read(JsonFields fields, Own own) {
        JsonArray given = list(fields);
        if (given == null || given.isEmpty() || given.size() > FALLBACKS_MAX) {
            return null;
        }
        JsonArray fallback = new JsonArray();
        for (int i = 0; i < given.size(); i++) {
            switch (given.getValue(i)) {
                case String word -> byChannel(fields, i, word, own, fallback);
                case JsonObject json -> read(fields, fields.item(NAME, i, json), own, fallback);
                case null, default ->
                    fields.mistake(NAME, i, ProblemCode.WRONG_TYPE, "This must be a channel or an object.");
            }
        }
        return fallback;
    }

    /** Of the values that a batch shares: what is in the list is seen in each item. */
    static @Nullable JsonArray list(JsonFields fields) {
        JsonArray given = fields.array(NAME);
        if (given != null && given.size() > FALLBACKS_MAX) {
            fields.mistake(NAME, ProblemCode.TOO_MANY, "fallback takes at most " + FALLBACKS_MAX + " entries.");
        }
        return given;
    }

    /** The short form: the same text to the same number by another channel. */
    private void byChannel(JsonFields fields, int index, String word, Own own, JsonArray fallback) {
        if (!Channel.ADDRESSED_WORDS.contains(word)) {
            fields.mistake(
                    NAME,
                    index,
                    ProblemCode.NOT_ALLOWED,
                    "This must be one of: " + String.join(", ", Channel.ADDRESSED_WORDS) + "; or an object.");
        } else if (!sharesAddress(Channel.of(word), own.channel()) || Channel.of(word) == own.channel()) {
            fields.mistake(
                    NAME,
                    index,
                    ProblemCode.CHANNEL_MISMATCH,
                    "By this channel it needs more than its name; use an object with channel and to.");
        } else {
            read(fields, fields.item(NAME, index, new JsonObject().put("channel", word)), own, fallback);
        }
    }

    private void read(JsonFields fields, JsonFields item, Own own, JsonArray fallback) {
        Channel channel = addresses.channel(item);
        String to = item.isMissing("to") && sharesAddress(channel, own.channel())
                ? own.recipient()
                : addresses.recipient(item, channel);
        String from = addresses.sender(item, channel);
        JsonArray mediaUrls = Attachments.mediaUrls(item, channel);
        JsonObject content = RichContent.read(item, channel);
        String text = text(item, channel, mediaUrls, own.text());
        Duration validFor = Timing.validForOrNull(item);
        fields.mistakesOf(item);
        Segments segments = channel == Channel.EMAIL ? Segments.NONE : Segments.of(text);
        JsonObject stored = new JsonObject().put("channel", channel.word()).put("to", to);
        putIfPresent(stored, "from", from);
        stored.put("text", text);
        putIfPresent(stored, "media_urls", mediaUrls);
        putIfPresent(stored, "content", content);
        stored.put("segments", segments.count())
                .put("encoding", segments.encoding())
                .put("valid_for_ms", (validFor == null ? own.validFor() : validFor).toMillis());
        fallback.add(stored);
    }

    /** Its own, else the message's, as far as the channel can carry that. */
    private static String text(JsonFields item, Channel channel, @Nullable JsonArray mediaUrls, String ofMessage) {
        boolean hasOther = mediaUrls != null || !item.isMissing("html");
        if (!item.isMissing("text") || (ofMessage.isEmpty() && !hasOther)) {
            return MessageFields.text(item, channel, mediaUrls);
        }
        Object _ = item.any("text");
        if (ofMessage.codePointCount(0, ofMessage.length()) > MessageFields.textLengthMax(channel)) {
            item.mistake(
                    "text",
                    ProblemCode.TOO_LONG,
                    "text is required: the message's own has more than " + MessageFields.textLengthMax(channel)
                            + " characters.");
        }
        return ofMessage;
    }

    private static boolean sharesAddress(Channel a, Channel b) {
        return (a == Channel.EMAIL) == (b == Channel.EMAIL);
    }

    private static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            JsonObject _ = json.put(name, value);
        }
    }
}
