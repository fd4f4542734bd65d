package io.heliograph.gateway.notifications.campaigns.expansion;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Where many persons are decided on: on an event loop that would keep requests waiting. */
public record Aside(Executor threads) {
    /** The event loop that asks goes on meanwhile, and goes on with this when it is done. */
    public <T> Future<T> run(Supplier<T> work) {
        Context context = Vertx.currentContext();
        CompletableFuture<T> done = CompletableFuture.supplyAsync(work, threads);
        return context == null ? Future.fromCompletionStage(done) : Future.fromCompletionStage(done, context);
    }
}
