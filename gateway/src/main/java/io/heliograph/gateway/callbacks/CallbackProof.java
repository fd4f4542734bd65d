package io.heliograph.gateway.callbacks;

import io.vertx.ext.web.RoutingContext;

/** How the calls of a provider prove where they come from. */
public interface CallbackProof {
    /** Throws the problem of a call that did not come from the provider, and counts it. */
    void verify(RoutingContext context, CallbackMeters meters);
}
