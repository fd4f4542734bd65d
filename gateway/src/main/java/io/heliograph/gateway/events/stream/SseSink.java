package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;

/** Server-Sent Events: each block has the position as its id, so that a browser goes on from there by itself. */
final class SseSink implements Sink {
    /** After which a reader comes back; spread, because all of a gateway come at once. */
    private static final int RETRY_MS_MIN = 1_000;

    private static final int RETRY_MS_MAX = 4_000;
    /** For a last word that nobody reads. */
    private static final long END_MS_MAX = 5_000;

    private final Vertx vertx;
    private final HttpConnection connection;
    private final HttpServerResponse response;

    SseSink(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.connection = request.connection();
        this.response = request.response();
    }

    /** Answers the request; the rest comes as it happens. */
    void begin() {
        response.putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                // Proxies would keep it until there is enough of it.
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        write(Buffer.buffer("retry: " + retryMillis() + "\n\n"));
    }

    @Override
    public void event(StreamedEvent event) {
        write(event.block());
    }

    @Override
    public void live(EventPosition position) {
        write(StreamedEvent.block(position, "live", ControlWords.live(position).encode()));
    }

    @Override
    public void gap(EventPosition asked) {
        // Without an id: whoever comes back before the next event is told again.
        write(Buffer.buffer("event: gap\ndata: " + ControlWords.gap(asked).encode() + "\n\n"));
    }

    /** A comment, and an id without an event, which readers remember. */
    @Override
    public void heartbeat(EventPosition position) {
        write(Buffer.buffer(":\nid: " + position + "\n\n"));
    }

    @Override
    public void end(LastWord word) {
        JsonObject json = ControlWords.end(word);
        Future<Void> flushed = response.end(
                Buffer.buffer("retry: " + retryMillis() + "\nevent: end\ndata: " + json.encode() + "\n\n"));
        long _ = vertx.setTimer(END_MS_MAX, late -> {
            if (!flushed.isComplete()) {
                Future<Void> _ = connection.close();
            }
        });
    }

    @Override
    public boolean isFull() {
        return response.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable action) {
        HttpServerResponse _ = response.drainHandler(drained -> action.run());
    }

    @Override
    public void onClose(Handler<Void> action) {
        if (response.closed() || response.ended()) {
            action.handle(null);
        } else {
            HttpServerResponse _ = response.exceptionHandler(failure -> {})
                    .closeHandler(action)
                    .endHandler(action);
        }
    }

    private void write(Buffer block) {
        Future<Void> _ = response.write(block);
    }

    private static int retryMillis() {
        return ThreadLocalRandom.current().nextInt(RETRY_MS_MIN, RETRY_MS_MAX);
    }
}
