package io.heliograph.gateway.callbacks;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What is a provider's own about its callbacks: how they prove where they come from, and how they are written. */
interface CallbackSource {
    /** Throws the problem of a call that did not come from the provider. */
    void verify(RoutingContext context, CallbackMeters meters);

    /** Empty when the call reports nothing about any message. */
    List<Receipt> read(RoutingContext context, Supplier<UUID> ids);
}
