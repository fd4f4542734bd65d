package io.heliograph.gateway.events.stream;

import io.heliograph.gateway.events.EventStore;
import io.heliograph.gateway.events.Listening;
import io.heliograph.gateway.http.sse.StreamPlaces;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeoutException;

/** What the streams of all event loops share: the one tail, and the places. */
public final class EventStreams {
    private final StreamLimits limits;
    private final StreamPlaces<Long> places;
    private final StreamMeters meters;
    private final EventStore store;
    private final Listening listening;
    private final EventTail tail;

    /** {@code pool} is theirs alone, so that whoever catches up keeps no other request waiting. */
    public EventStreams(Pool pool, StreamLimits limits, PrometheusMeterRegistry registry) {
        this.limits = limits;
        this.places = new StreamPlaces<>(limits.streamsMax(), limits.streamsPerAccountMax());
        this.meters = new StreamMeters(registry, places);
        this.store = new EventStore(pool);
        this.listening = new Listening(pool);
        this.tail = new EventTail(new TailStore(pool), places, listening::forget);
    }

    public EventStore store() {
        return store;
    }

    public Listening listening() {
        return listening;
    }

    /** Of the event loop that it is called on. */
    public LocalStreams local(Vertx vertx) {
        return new LocalStreams(vertx, this);
    }

    /** Hands out what is new; for a loop of its own. */
    public int tellWhatIsNew() throws TimeoutException {
        return tail.runOnce();
    }

    /** The accounts of open streams stay listened for. */
    public Future<Integer> renew() {
        return listening.renew(places.owners());
    }

    StreamLimits limits() {
        return limits;
    }

    StreamPlaces<Long> places() {
        return places;
    }

    StreamMeters meters() {
        return meters;
    }

    EventTail tail() {
        return tail;
    }
}
