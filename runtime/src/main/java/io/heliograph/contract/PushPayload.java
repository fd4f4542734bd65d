package io.heliograph.contract;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a browser gets, as JSON: {@code id}, {@code title}, {@code body} and, where there is a link, {@code url}. The gateway counts its bytes
 * before it accepts a message, and the worker encrypts it.
 *
 * @param id the message's: the same in every try, so that a page can show it once
 */
public record PushPayload(
        UUID id,
        @Nullable String title,
        String body,
        @Nullable String url) {
    /** Every push service takes 4,096 bytes; encryption adds 103 of them. */
    public static final int BYTES_MAX = 3_993;

    public byte[] bytes() {
        JsonObject json = new JsonObject().put("id", id.toString());
        if (title != null) {
            json.put("title", title);
        }
        json.put("body", body);
        if (url != null) {
            json.put("url", url);
        }
        return json.toBuffer().getBytes();
    }

    public boolean fits() {
        return bytes().length <= BYTES_MAX;
    }

    /** Says nothing of what is in it. */
    @Override
    public String toString() {
        return "payload of " + id;
    }
}
