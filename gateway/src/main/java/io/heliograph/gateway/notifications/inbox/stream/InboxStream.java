package io.heliograph.gateway.notifications.inbox.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.http.sse.EventStream;
import io.heliograph.gateway.notifications.inbox.InboxOwner;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** One reader of an inbox. Touched by its own event loop only, and small: there are thousands. */
final class InboxStream {
    private final InboxOwner owner;
    private final Buffer tokenHash;
    private final EventStream stream;
    /** Everything up to here was told; null before it is known where it begins. */
    private @Nullable EventPosition position;

    private boolean toldLive;
    private boolean ended;
    private boolean queued;
    private boolean readAgain;
    private boolean full;
    private long fullSinceNanos;

    /** {@code after} null: from now on. */
    InboxStream(InboxOwner owner, Buffer tokenHash, EventStream stream, @Nullable EventPosition after) {
        this.owner = owner;
        this.tokenHash = tokenHash;
        this.stream = stream;
        this.position = after;
    }

    InboxOwner owner() {
        return owner;
    }

    Buffer tokenHash() {
        return tokenHash;
    }

    @Nullable
    EventPosition position() {
        return position;
    }

    boolean isLive() {
        return toldLive;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether it has to be put into the queue of those who read: not when it is there, or waits for its reader. */
    boolean wantsToRead() {
        if (ended || full) {
            return false;
        }
        if (queued) {
            readAgain = true;
            return false;
        }
        queued = true;
        return true;
    }

    /** From now on a change may not be in what it reads. */
    void beginsToRead() {
        readAgain = false;
    }

    /** Answers whether something may have changed since it began. */
    boolean hasRead() {
        queued = false;
        return readAgain;
    }

    /** False when its reader has to catch up first; then it was not told and is still to be. */
    boolean tell(EventPosition at, String event, String text) {
        if (stream.isFull()) {
            return false;
        }
        stream.write(EventStream.block(at, event, text));
        position = at;
        return true;
    }

    /** What it knew is of another state of the database. */
    void reset(EventPosition now) {
        stream.write(EventStream.block(
                "reset",
                new JsonObject()
                        .put("type", "reset")
                        .put("detail", "The position is unknown. Read the inbox anew.")
                        .encode()));
        position = now;
    }

    void moveTo(EventPosition other) {
        position = position == null ? other : position.max(other);
    }

    void goLive(EventPosition at, int unread) {
        toldLive = true;
        stream.write(EventStream.block(
                at,
                "live",
                new JsonObject()
                        .put("type", "live")
                        .put("position", at.toString())
                        .put("unread_count", unread)
                        .encode()));
    }

    /** What is told next is told when the reader has caught up. */
    void waitForReader(long nowNanos, Runnable afterwards) {
        full = true;
        fullSinceNanos = nowNanos;
        stream.onDrain(() -> {
            if (full && !ended) {
                full = false;
                afterwards.run();
            }
        });
    }

    boolean isFullForLongerThan(long nanos, long nowNanos) {
        return full && nowNanos - fullSinceNanos > nanos;
    }

    void heartbeat() {
        if (position != null && !stream.isFull()) {
            stream.heartbeat(position);
        }
    }

    /** Of the reader or of ours; afterwards nothing is written. */
    void markEnded() {
        ended = true;
    }

    void end(LastWord word) {
        stream.end(word.json());
    }

    void onClose(Runnable action) {
        stream.onClose(closed -> action.run());
    }
}
