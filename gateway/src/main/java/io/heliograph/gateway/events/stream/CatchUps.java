package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.events.EventPage;
import io.heliograph.gateway.events.EventStore;
import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Ids;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads for the streams of one event loop what they have missed, a few at a time: after a restart they all come at once. Each reads
 * only as fast as its reader does.
 */
final class CatchUps {
    private static final Logger log = LoggerFactory.getLogger(CatchUps.class);

    private static final int READS_AT_ONCE_MAX = 2;
    private static final int PAGE_EVENTS_MAX = 100;
    private static final long PAUSE_AFTER_FAILURE_MS = 1_000;

    private final Vertx vertx;
    private final EventStore store;
    private final Consumer<OpenStream> caughtUp;
    private final Queue<OpenStream> waiting = new ArrayDeque<>();
    private int reading;

    /** {@code caughtUp} is told of each stream that has got all there is. */
    CatchUps(Vertx vertx, EventStore store, Consumer<OpenStream> caughtUp) {
        this.vertx = vertx;
        this.store = store;
        this.caughtUp = caughtUp;
    }

    void add(OpenStream stream) {
        boolean _ = waiting.add(stream);
        readNext();
    }

    private void readNext() {
        while (reading < READS_AT_ONCE_MAX && !waiting.isEmpty()) {
            OpenStream stream = waiting.remove();
            if (!stream.isEnded()) {
                read(stream);
            }
        }
    }

    private void read(OpenStream stream) {
        reading++;
        store.page(new EventStore.Wanted(
                        stream.accountId(),
                        Objects.requireNonNull(stream.position()),
                        stream.filter(),
                        null,
                        Ids.FIRST,
                        Ids.LAST,
                        PAGE_EVENTS_MAX))
                .onComplete(page -> done(stream, page), failure -> failed(stream, failure));
    }

    private void done(OpenStream stream, EventPage page) {
        reading--;
        if (!stream.isEnded()) {
            take(stream, page);
        }
        readNext();
    }

    private void take(OpenStream stream, EventPage page) {
        if (page.gap()) {
            stream.tellGap();
            // It may be ahead of everything there is.
            EventPosition asked = Objects.requireNonNull(stream.position());
            stream.moveTo(asked.compareTo(page.next()) > 0 ? page.next() : asked);
        }
        for (Row row : page.rows()) {
            if (!stream.tell(StreamedEvent.of(row))) {
                stream.waitForReader(System.nanoTime(), () -> add(stream));
                return;
            }
        }
        stream.moveTo(page.next());
        if (page.caughtUp()) {
            caughtUp.accept(stream);
        } else {
            boolean _ = waiting.add(stream);
        }
    }

    private void failed(OpenStream stream, Throwable failure) {
        log.atWarn().addKeyValue("error", Failures.describe(failure)).log("Stream could not read, will repeat");
        long _ = vertx.setTimer(PAUSE_AFTER_FAILURE_MS, paused -> {
            reading--;
            add(stream);
        });
    }
}
