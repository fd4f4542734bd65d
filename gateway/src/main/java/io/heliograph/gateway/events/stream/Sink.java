package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.vertx.core.Handler;

/** Where a stream is written to. All calls come from its event loop. */
interface Sink {
    void event(StreamedEvent event);

    /** What there was up to here has been told; from here on events come as they happen. */
    void live(EventPosition position);

    /** What came after the position that was asked for may be missing. */
    void gap(EventPosition asked);

    /** Everything up to here was told. */
    void heartbeat(EventPosition position);

    /** The last word, and then the end. */
    void end(LastWord word);

    /** Whether its reader has to catch up before more is written. */
    boolean isFull();

    /** Once, when it is not full any more. */
    void onDrain(Runnable action);

    /** When the reader is gone, whoever has ended it; at once when it is gone already. */
    void onClose(Handler<Void> action);
}
