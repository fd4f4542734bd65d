package io.heliograph.simulator.ledger;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that the simulator took, with its state. Event loops and the control API meet here, so changes are made
 * under its lock. Its SID is worked out from the sequence number.
 */
public final class Message {
    /**
     * What was asked for. The callback's URL is kept only of a scheduled message, which can be cancelled; of all others
     * it would be most of the memory.
     */
    public record Content(
            String to,
            @Nullable String from,
            String body,
            @Nullable String messagingServiceSid,
            List<String> mediaUrls,
            @Nullable String statusCallback,
            String direction) {
        /** Stands where a media URL was. */
        public static final String DELETED = "";

        /** The SID's prefix: MM for a message with media. */
        public String prefix() {
            return mediaUrls.isEmpty() ? "SM" : "MM";
        }

        Content from(String sender) {
            return new Content(to, sender, body, messagingServiceSid, mediaUrls, statusCallback, direction);
        }

        Content body(String text) {
            return new Content(to, from, text, messagingServiceSid, mediaUrls, statusCallback, direction);
        }

        Content mediaUrls(List<String> urls) {
            return new Content(to, from, body, messagingServiceSid, urls, statusCallback, direction);
        }
    }

    /** Where it is now; one consistent view for rendering. */
    public record State(
            Status status, @Nullable Integer errorCode, long updatedAt, long sentAt, int segments, boolean deleted) {}

    private final long sequence;
    private final long createdAt;
    private volatile Content content;
    private volatile State state;

    public Message(long sequence, long createdAt, Content content, Status status, int segments) {
        this.sequence = sequence;
        this.createdAt = createdAt;
        this.content = content;
        this.state = new State(status, null, createdAt, 0, segments, false);
    }

    public long sequence() {
        return sequence;
    }

    public long createdAt() {
        return createdAt;
    }

    public Content content() {
        return content;
    }

    public State state() {
        return state;
    }

    /** Moves it on. Answers false, and does nothing, when it is final, gone, or already there. */
    @CanIgnoreReturnValue
    public synchronized boolean advance(Status next, @Nullable Integer errorCode, long now) {
        State from = state;
        boolean readAfterDelivery = from.status() == Status.DELIVERED && next == Status.READ;
        if (from.deleted() || from.status() == next || (from.status().isFinal() && !readAfterDelivery)) {
            return false;
        }
        long sentAt = next == Status.SENT ? now : from.sentAt();
        state = new State(next, errorCode, now, sentAt, from.segments(), false);
        return true;
    }

    /** Cancels it when it has not left yet. */
    public synchronized boolean cancel(long now) {
        return state.status() == Status.SCHEDULED && advance(Status.CANCELED, null, now);
    }

    /** What a Messaging Service does after accepting: it chooses a sender, and the segments are known. */
    public synchronized void assignSender(String sender, int segments) {
        content = content.from(sender);
        State from = state;
        state = new State(from.status(), from.errorCode(), from.updatedAt(), from.sentAt(), segments, from.deleted());
    }

    /** The body goes, the rest stays. */
    public synchronized void redact(long now) {
        content = content.body("");
        State from = state;
        state = new State(from.status(), from.errorCode(), now, from.sentAt(), from.segments(), from.deleted());
    }

    /** Its number stays taken, so that the others keep theirs. */
    public synchronized void deleteMedia(int index) {
        List<String> urls = new ArrayList<>(content.mediaUrls());
        urls.set(index, Content.DELETED);
        content = content.mediaUrls(List.copyOf(urls));
    }

    public synchronized void delete(long now) {
        redact(now);
        State from = state;
        state = new State(from.status(), from.errorCode(), now, from.sentAt(), from.segments(), true);
    }
}
