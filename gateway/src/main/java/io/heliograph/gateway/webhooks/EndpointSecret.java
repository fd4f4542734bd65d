package io.heliograph.gateway.webhooks;

import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Base64;

/** What deliveries are signed with, as Standard Webhooks have it. */
final class EndpointSecret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private EndpointSecret() {}

    static Buffer make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Buffer.buffer(bytes);
    }

    static String text(Buffer secret) {
        return PREFIX + Base64.getEncoder().encodeToString(secret.getBytes());
    }
}
