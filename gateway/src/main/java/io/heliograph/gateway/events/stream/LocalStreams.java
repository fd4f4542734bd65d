package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.http.sse.StreamPlaces;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one event loop, which alone touches them. A stream is live, which means that it has been told everything up to the tail; or
 * catches up; or waits for the tail to begin; or for its reader.
 */
public final class LocalStreams {
    private static final long SWEEP_MS = 1_000;

    /** One that waits for the tail, and what it begins at where that is later. */
    private record Beginner(OpenStream stream, EventPosition atLeast) {}

    private final Context context;
    private final StreamPlaces<Long> places;
    private final CatchUps catchUps;
    private final EventTail eventTail;
    private final StreamMeters meters;
    private final Sweep sweep;
    private final Map<Long, Set<OpenStream>> live = new HashMap<>();
    private final List<Beginner> untilTail = new ArrayList<>();
    /** Since the last batch: the next one may have been asked for before they were there. */
    private final List<OpenStream> joined = new ArrayList<>();
    /** Everything up to here was handed to those that are live. */
    private @Nullable EventPosition tail;

    private @Nullable LastWord closing;

    LocalStreams(Vertx vertx, EventStreams streams) {
        this.context = vertx.getOrCreateContext();
        this.places = streams.places();
        this.eventTail = streams.tail();
        this.catchUps = new CatchUps(vertx, streams.store(), this::join);
        this.meters = streams.meters();
        this.sweep = new Sweep(streams.limits().slowAfter(), this::end);
        eventTail.register(this);
        long _ = vertx.setPeriodic(SWEEP_MS, tick -> sweep.run(System.nanoTime(), tail));
    }

    /** A place was taken for it, which is given back when it ends. {@code since}: nothing of the account's is missing from there on. */
    void open(OpenStream stream, Sink sink, EventPosition since) {
        sweep.add(stream);
        sink.onClose(closed -> remove(stream));
        if (closing != null) {
            end(stream, closing);
        } else if (stream.isEnded()) {
            return;
        } else if (stream.position() != null) {
            catchUps.add(stream);
        } else if (tail == null) {
            boolean _ = untilTail.add(new Beginner(stream, since));
        } else {
            stream.moveTo(since.max(tail));
            join(stream);
        }
    }

    /** New ones are ended at once. */
    void endAll(LastWord word) {
        closing = word;
        eventTail.remove(this);
        sweep.all().forEach(stream -> end(stream, word));
    }

    /** Comes from another thread; done when it has been handed on. */
    Future<Void> take(TailBatch batch) {
        return Future.future(promise -> context.runOnContext(here -> {
            handOn(batch);
            promise.complete();
        }));
    }

    private void handOn(TailBatch batch) {
        if (!batch.from().equals(tail)) {
            // Something was not handed on here, or nobody asked for a while: they all read it by themselves.
            live.values().stream().flatMap(Set::stream).toList().forEach(this::leave);
        }
        joined.stream()
                .filter(OpenStream::isLive)
                .filter(stream -> !batch.accounts().contains(stream.accountId()))
                .forEach(this::leave);
        joined.clear();
        tail = batch.to();
        batch.byAccount()
                .forEach((account, events) -> tell(live.getOrDefault(account, Set.of()), events, batch.from()));
        begin(batch.to());
    }

    private void begin(EventPosition now) {
        List<Beginner> beginners = List.copyOf(untilTail);
        untilTail.clear();
        beginners.stream().filter(beginner -> !beginner.stream().isEnded()).forEach(beginner -> {
            if (beginner.stream().position() == null) {
                beginner.stream().moveTo(beginner.atLeast().max(now));
            }
            join(beginner.stream());
        });
    }

    private void tell(Set<OpenStream> streams, List<StreamedEvent> events, EventPosition from) {
        List<OpenStream> full = new ArrayList<>();
        for (OpenStream stream : streams) {
            if (!events.stream().allMatch(stream::tell)) {
                full.add(stream);
            }
        }
        full.forEach(stream -> {
            drop(stream);
            stream.leaveLive(from);
            stream.waitForReader(System.nanoTime(), () -> catchUps.add(stream));
        });
    }

    /** One that has been told everything up to its position. */
    private void join(OpenStream stream) {
        EventPosition position = Objects.requireNonNull(stream.position());
        if (tail == null) {
            boolean _ = untilTail.add(new Beginner(stream, position));
        } else if (position.compareTo(tail) < 0) {
            catchUps.add(stream);
        } else {
            stream.goLive();
            boolean _ = live.computeIfAbsent(stream.accountId(), account -> new LinkedHashSet<>())
                    .add(stream);
            boolean _ = joined.add(stream);
        }
    }

    private void leave(OpenStream stream) {
        drop(stream);
        stream.leaveLive(tail);
        catchUps.add(stream);
    }

    private void drop(OpenStream stream) {
        Set<OpenStream> _ = live.computeIfPresent(stream.accountId(), (account, streams) -> {
            boolean _ = streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }

    private void end(OpenStream stream, LastWord word) {
        if (!stream.isEnded()) {
            remove(stream);
            meters.ended(word);
            stream.end(word);
        }
    }

    private void remove(OpenStream stream) {
        if (!stream.isEnded()) {
            stream.markEnded();
            drop(stream);
            sweep.remove(stream);
            places.release(stream.accountId());
        }
    }
}
