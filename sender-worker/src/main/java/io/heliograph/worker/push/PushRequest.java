package io.heliograph.worker.push;

import io.heliograph.contract.Lane;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Outgoing.Browser;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** What a push service is told beside the message: who pushes, how urgent it is, how long it is kept, and what it replaces. */
final class PushRequest {
    /** Four weeks; services keep nothing for longer. */
    private static final long TTL_SECONDS_MAX = 2_419_200;

    private PushRequest() {}

    static RequestOptions of(Outgoing only, Browser browser, Endpoint endpoint, InetAddress address, Vapid signing) {
        long seconds = Math.clamp(only.validFor().toSeconds(), 0, TTL_SECONDS_MAX);
        return endpoint.request(HttpMethod.POST, endpoint.pathAndQuery(), address)
                .putHeader("Authorization", signing.authorization(endpoint.origin()))
                .putHeader("TTL", Long.toString(seconds))
                .putHeader("Urgency", urgency(browser.lane()))
                // A repeat takes the place of what it repeats, as long as that waits for the browser.
                .putHeader("Topic", topic(only.id()))
                .putHeader("Content-Encoding", "aes128gcm")
                .putHeader("Content-Type", "application/octet-stream");
    }

    private static String urgency(Lane lane) {
        return switch (lane) {
            case CRITICAL -> "high";
            case NORMAL -> "normal";
            case BULK -> "low";
        };
    }

    /** The message's id in the 22 characters that a topic may have of its 32. */
    static String topic(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
