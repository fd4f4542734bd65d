package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.events.EventFilter;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One reader of an account's events. Touched by its own event loop only, and small: there are thousands. */
final class OpenStream {
    private final long accountId;
    private final EventFilter filter;
    private final BooleanSupplier keyIsValid;
    private final Sink sink;
    /** Everything up to here was told or is not wanted; null before it is known where it begins. */
    private @Nullable EventPosition position;

    private boolean live;
    private boolean toldLive;
    private boolean toldGap;
    private boolean ended;
    private boolean full;
    private long fullSinceNanos;

    /** {@code after} null: from now on. */
    OpenStream(
            long accountId, EventFilter filter, BooleanSupplier keyIsValid, Sink sink, @Nullable EventPosition after) {
        this.accountId = accountId;
        this.filter = filter;
        this.keyIsValid = keyIsValid;
        this.sink = sink;
        this.position = after;
    }

    long accountId() {
        return accountId;
    }

    EventFilter filter() {
        return filter;
    }

    @Nullable
    EventPosition position() {
        return position;
    }

    /** Gets events as they happen; otherwise it reads by itself, or waits. */
    boolean isLive() {
        return live;
    }

    boolean isEnded() {
        return ended;
    }

    boolean keyIsValid() {
        return keyIsValid.getAsBoolean();
    }

    /** False when its reader has to catch up first; then it was not told and is still to be. */
    boolean tell(StreamedEvent event) {
        if (position != null && event.position().compareTo(position) <= 0) {
            return true;
        }
        if (filter.matches(event.type(), event.channel())) {
            if (sink.isFull()) {
                return false;
            }
            sink.event(event);
        }
        position = event.position();
        return true;
    }

    void tellGap() {
        if (!toldGap && position != null) {
            toldGap = true;
            sink.gap(position);
        }
    }

    void moveTo(EventPosition other) {
        position = other;
    }

    void goLive() {
        live = true;
        toldGap = false;
        if (!toldLive) {
            toldLive = true;
            sink.live(Objects.requireNonNull(position));
        }
    }

    /** From now on it has to see to itself, beginning after {@code through}, of which it has seen everything. */
    void leaveLive(@Nullable EventPosition through) {
        live = false;
        if (through != null) {
            position = position == null ? through : position.max(through);
        }
    }

    /** What is told next is told when the reader has caught up. */
    void waitForReader(long nowNanos, Runnable afterwards) {
        full = true;
        fullSinceNanos = nowNanos;
        sink.onDrain(() -> {
            if (full && !ended) {
                full = false;
                afterwards.run();
            }
        });
    }

    boolean isFullForLongerThan(long nanos, long nowNanos) {
        return full && nowNanos - fullSinceNanos > nanos;
    }

    void heartbeat(@Nullable EventPosition tail) {
        EventPosition through = live && tail != null && position != null ? position.max(tail) : position;
        if (through != null && !sink.isFull()) {
            sink.heartbeat(through);
        }
    }

    /** Of the reader or of ours; afterwards nothing is written. */
    void markEnded() {
        ended = true;
        live = false;
    }

    void end(LastWord word) {
        sink.end(word);
    }
}
