package io.heliograph.simulator.calls;

import io.heliograph.simulator.ledger.ProviderCall;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call for messages, as a provider understood it. The identity is what the caller calls the one message that it asks
 * for. A problem refuses all of it; a rehearsal is answered as usual, and nothing is sent.
 */
public record Asking(
        HttpServerRequest http,
        Scene scene,
        ProviderCall call,
        @Nullable String identity,
        List<Wanted> wanted,
        boolean rehearsal,
        @Nullable Problem problem) {}
