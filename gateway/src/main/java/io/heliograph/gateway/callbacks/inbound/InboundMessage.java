package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.contract.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person wrote, as a provider tells it.
 *
 * @param person in E.164 where it is a number
 * @param number ours, that it came to, likewise; or a short code
 * @param service the provider's name for a group of numbers that ours is one of
 * @param media objects with url and content_type; null for none
 * @param dedupeKey the same for a message and its repetitions
 * @param toldWord stop, start or help where the provider has told that it is one, and has dealt with it
 * @param fields everything, as it came
 */
record InboundMessage(
        UUID id,
        String provider,
        Channel channel,
        String person,
        String number,
        @Nullable String service,
        String body,
        @Nullable JsonArray media,
        @Nullable String providerMessageId,
        String dedupeKey,
        @Nullable String toldWord,
        JsonObject fields) {
    @Nullable
    String mediaText() {
        return media == null ? null : media.encode();
    }
}
