package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code GET /v1/stream}: Server-Sent Events, or with an Upgrade header a WebSocket. */
public final class StreamRoutes {
    private final ApiKeys apiKeys;
    private final EventStreams streams;
    private final LocalStreams local;

    public StreamRoutes(ApiKeys apiKeys, EventStreams streams, LocalStreams local) {
        this.apiKeys = apiKeys;
        this.streams = streams;
        this.local = local;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/stream").getWithoutEnd(this::open).andNothingElse();
    }

    /** Ends the streams of this event loop, each with a word on why. */
    public void stop() {
        local.endAll(LastWord.STOPPING);
    }

    /** Done when the stream is open. */
    private Future<Void> open(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        StreamRequest wanted = StreamRequest.read(context);
        BooleanSupplier keyIsValid = apiKeys.staysValid(context, Scope.MESSAGES_READ);
        takePlace(caller);
        HttpServerRequest request = context.request().pause();
        return here(context.vertx(), streams.listening().since(caller.accountId()))
                .compose(since -> sink(context.vertx(), request).map(sink -> {
                    local.open(
                            new OpenStream(caller.accountId(), wanted.filter(), keyIsValid, sink, wanted.after()),
                            sink,
                            since);
                    return (Void) null;
                }))
                .onFailure(failure -> {
                    streams.places().release(caller.accountId());
                    HttpServerRequest _ = request.resume();
                });
    }

    private void takePlace(Caller caller) {
        switch (streams.places().take(caller.accountId())) {
            case TAKEN -> {}
            case GATEWAY_FULL ->
                throw Problem.unavailable("This gateway has as many streams as it may. Try again, or another one.")
                        .exception();
            case OWN_FULL ->
                throw Problem.unavailable(
                                "The account has as many streams here as it may. Close some that are not needed.")
                        .exception();
        }
    }

    private static Future<Sink> sink(Vertx vertx, HttpServerRequest request) {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            return request.toWebSocket().map(WebSocketSink::new);
        }
        SseSink sink = new SseSink(vertx, request);
        HttpServerRequest _ = request.resume();
        sink.begin();
        return Future.succeededFuture(sink);
    }

    /** It is shared, and completes wherever it was asked for first. */
    private static Future<EventPosition> here(Vertx vertx, Future<EventPosition> shared) {
        Context context = vertx.getOrCreateContext();
        return Future.<EventPosition>future(
                        promise -> shared.onComplete(done -> context.runOnContext(here -> promise.handle(done))))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
