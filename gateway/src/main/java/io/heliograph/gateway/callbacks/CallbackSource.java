package io.heliograph.gateway.callbacks;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What is a provider's own about its callbacks: how they prove where they come from, and how they are written. */
interface CallbackSource {
    CallbackProof proof();

    /** Empty when the call reports nothing about any message. */
    List<Receipt> read(RoutingContext context, Supplier<UUID> ids);
}
