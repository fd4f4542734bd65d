package io.heliograph.gateway.turns;

import io.heliograph.contract.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of a person that has not been answered.
 *
 * @param number ours, that it came to
 * @param topic of the provider that brought it, by which the answer goes
 * @param word start where it means that as a keyword, too; null when it is none
 * @param media objects with url and content_type; null for none
 * @param fields everything, as the provider told it
 */
public record Turn(
        UUID inboundId,
        long accountId,
        Channel channel,
        String person,
        String number,
        String topic,
        String body,
        @Nullable String word,
        @Nullable JsonArray media,
        JsonObject fields,
        OffsetDateTime receivedAt) {

    /** Names the message, and nobody. */
    @Override
    public String toString() {
        return "turn " + inboundId;
    }
}
