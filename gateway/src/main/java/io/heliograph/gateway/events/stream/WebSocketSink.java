package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/** The same as JSON texts. What its reader sends is not read. */
final class WebSocketSink implements Sink {
    private static final Buffer NOTHING = Buffer.buffer();

    private final ServerWebSocket socket;

    WebSocketSink(ServerWebSocket socket) {
        this.socket = socket;
    }

    @Override
    public void event(StreamedEvent event) {
        write(event.text());
    }

    @Override
    public void live(EventPosition position) {
        write(ControlWords.live(position).encode());
    }

    @Override
    public void gap(EventPosition asked) {
        write(ControlWords.gap(asked).encode());
    }

    @Override
    public void heartbeat(EventPosition position) {
        Future<Void> _ = socket.writePing(NOTHING);
    }

    /** The server closes the connection of a reader that does not say goodbye. */
    @Override
    public void end(LastWord word) {
        write(ControlWords.end(word).encode());
        Future<Void> _ = socket.close(word.webSocketCode(), word.word());
    }

    @Override
    public boolean isFull() {
        return socket.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable action) {
        ServerWebSocket _ = socket.drainHandler(drained -> action.run());
    }

    @Override
    public void onClose(Handler<Void> action) {
        if (socket.isClosed()) {
            action.handle(null);
        } else {
            ServerWebSocket _ = socket.exceptionHandler(failure -> {}).closeHandler(action);
        }
    }

    private void write(String text) {
        Future<Void> _ = socket.writeTextMessage(text);
    }
}
