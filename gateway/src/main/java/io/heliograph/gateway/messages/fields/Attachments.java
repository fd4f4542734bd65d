package io.heliograph.gateway.messages.fields;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What goes with a text: media for the recipient, metadata for the sender. */
final class Attachments {
    static final int MEDIA_URLS_MAX = 10;
    static final int METADATA_BYTES_MAX = 4 * 1024;
    private static final int URL_LENGTH_MAX = 2_000;

    private Attachments() {}

    /** Null for none; an empty list is none. Email takes none. */
    static @Nullable JsonArray mediaUrls(JsonFields fields, Channel channel) {
        JsonArray urls = mediaUrls(fields);
        if (urls != null && channel == Channel.EMAIL) {
            fields.mistake("media_urls", ProblemCode.CHANNEL_MISMATCH, "media_urls are not for the channel email.");
        }
        return urls;
    }

    /** Null for none; an empty list is none. */
    static @Nullable JsonArray mediaUrls(JsonFields fields) {
        JsonArray urls = fields.array("media_urls");
        if (urls == null || urls.isEmpty()) {
            return null;
        }
        if (urls.size() > MEDIA_URLS_MAX) {
            fields.mistake("media_urls", ProblemCode.TOO_MANY, "media_urls takes at most " + MEDIA_URLS_MAX + " URLs.");
            return urls;
        }
        for (int i = 0; i < urls.size(); i++) {
            if (!(urls.getValue(i) instanceof String url) || !isHttpUrl(url)) {
                fields.mistake("media_urls", i, ProblemCode.INVALID_URL, "This must be a http or https URL.");
            }
        }
        return urls;
    }

    static @Nullable JsonObject metadata(JsonFields fields) {
        JsonObject metadata = fields.object("metadata");
        if (metadata == null) {
            return null;
        }
        if (!Texts.isAllStorable(metadata)) {
            fields.mistake(
                    "metadata",
                    ProblemCode.INVALID_TEXT,
                    "metadata holds a NUL, half of a character, or a number that is too large.");
        } else if (metadata.toBuffer().length() > METADATA_BYTES_MAX) {
            fields.mistake("metadata", ProblemCode.TOO_LARGE, "metadata must be at most 4 KiB of JSON.");
        }
        return metadata;
    }

    private static boolean isHttpUrl(String text) {
        if (text.length() > URL_LENGTH_MAX || !Texts.isStorable(text)) {
            return false;
        }
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
