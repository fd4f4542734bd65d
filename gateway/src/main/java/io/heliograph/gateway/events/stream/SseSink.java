package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.http.sse.EventStream;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** Server-Sent Events: each block has the position as its id, so that a browser goes on from there by itself. */
final class SseSink implements Sink {
    private final EventStream stream;

    SseSink(Vertx vertx, HttpServerRequest request) {
        this.stream = new EventStream(vertx, request);
    }

    /** Answers the request; the rest comes as it happens. */
    void begin() {
        stream.begin();
    }

    @Override
    public void event(StreamedEvent event) {
        stream.write(event.block());
    }

    @Override
    public void live(EventPosition position) {
        stream.write(
                EventStream.block(position, "live", ControlWords.live(position).encode()));
    }

    @Override
    public void gap(EventPosition asked) {
        stream.write(EventStream.block("gap", ControlWords.gap(asked).encode()));
    }

    @Override
    public void heartbeat(EventPosition position) {
        stream.heartbeat(position);
    }

    @Override
    public void end(LastWord word) {
        stream.end(ControlWords.end(word));
    }

    @Override
    public boolean isFull() {
        return stream.isFull();
    }

    @Override
    public void onDrain(Runnable action) {
        stream.onDrain(action);
    }

    @Override
    public void onClose(Handler<Void> action) {
        stream.onClose(action);
    }
}
