package io.heliograph.gateway.http.sse;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One answer as Server-Sent Events: each block has an id, so that a reader goes on from there by itself. Of one event loop.
 */
public final class EventStream {
    /** After which a reader comes back; spread, because all of a gateway come at once. */
    private static final int RETRY_MS_MIN = 1_000;

    private static final int RETRY_MS_MAX = 4_000;
    /** For a last word that nobody reads. */
    private static final long END_MS_MAX = 5_000;

    private final Vertx vertx;
    private final HttpConnection connection;
    private final HttpServerResponse response;

    public EventStream(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.connection = request.connection();
        this.response = request.response();
    }

    /** Answers the request; the rest comes as it happens. */
    public void begin() {
        response.putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                // Proxies would keep it until there is enough of it.
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        write(Buffer.buffer("retry: " + retryMillis() + "\n\n"));
    }

    public static Buffer block(Object id, String event, String text) {
        return Buffer.buffer("id: " + id + "\nevent: " + event + "\ndata: " + text + "\n\n");
    }

    /** Without an id: whoever comes back before the next one is told again. */
    public static Buffer block(String event, String text) {
        return Buffer.buffer("event: " + event + "\ndata: " + text + "\n\n");
    }

    public void write(Buffer block) {
        Future<Void> _ = response.write(block);
    }

    /** A comment, and an id without an event, which readers remember. */
    public void heartbeat(Object id) {
        write(Buffer.buffer(":\nid: " + id + "\n\n"));
    }

    public void end(JsonObject lastWord) {
        Future<Void> flushed = response.end(
                Buffer.buffer("retry: " + retryMillis() + "\nevent: end\ndata: " + lastWord.encode() + "\n\n"));
        long _ = vertx.setTimer(END_MS_MAX, late -> {
            if (!flushed.isComplete()) {
                Future<Void> _ = connection.close();
            }
        });
    }

    /** Whether its reader has to catch up before more is written. */
    public boolean isFull() {
        return response.writeQueueFull();
    }

    /** Once, when it is not full any more. */
    public void onDrain(Runnable action) {
        HttpServerResponse _ = response.drainHandler(drained -> action.run());
    }

    /** When the reader is gone, whoever has ended it; at once when it is gone already. */
    public void onClose(Handler<Void> action) {
        if (response.closed() || response.ended()) {
            action.handle(null);
        } else {
            HttpServerResponse _ = response.exceptionHandler(failure -> {})
                    .closeHandler(action)
                    .endHandler(action);
        }
    }

    private static int retryMillis() {
        return ThreadLocalRandom.current().nextInt(RETRY_MS_MIN, RETRY_MS_MAX);
    }
}
