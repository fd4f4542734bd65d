package io.heliograph.gateway.sos.replies;

import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody gets to know whom to call.
 *
 * @param message to the patient; null where it is an answer of the API
 * @param keyHash of who asked the API
 */
record Reveal(
        UUID id,
        Response response,
        String patient,
        @Nullable UUID message,
        @Nullable Buffer keyHash) {}
