package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.gateway.callbacks.CallbackProof;
import io.heliograph.gateway.http.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is a provider's own about people's messages: how they prove where they come from, how they are written and answered. */
interface InboundSource {
    CallbackProof proof();

    /** Null when it is no message of anybody to anybody. */
    @Nullable
    InboundMessage read(RoutingContext context, Supplier<UUID> ids);

    /** Says that it has arrived, and asks the provider to send nothing back: what is to be said goes out as a message. */
    Answer thanks();

    static Answer answer(String contentType, String body) {
        return new Answer(200, Map.of("Content-Type", contentType), Buffer.buffer(body));
    }
}
