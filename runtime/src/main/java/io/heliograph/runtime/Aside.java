package io.heliograph.runtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Where work is done that takes its time: on an event loop it would keep requests waiting. */
public record Aside(Executor threads) {
    /** The event loop that asks goes on meanwhile, and goes on with this when it is done. */
    public <T> Future<T> run(Supplier<T> work) {
        Context context = Vertx.currentContext();
        CompletableFuture<T> done = CompletableFuture.supplyAsync(work, threads);
        return context == null ? Future.fromCompletionStage(done) : Future.fromCompletionStage(done, context);
    }
}
