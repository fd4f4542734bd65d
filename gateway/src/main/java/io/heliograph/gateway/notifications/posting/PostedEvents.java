package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.GroupCommit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request tells: one event, or a batch of them, which is stored as a whole.
 *
 * @param batchKey of the whole batch; null for what is none, or has none
 */
public record PostedEvents(long accountId, AcceptIntent.@Nullable Key batchKey, List<PostedEvent> events)
        implements GroupCommit.Intent {
    /** About what a message weighs that tells of an event. */
    private static final int MESSAGE_BYTES = 700;

    public PostedEvents {
        events = List.copyOf(events);
    }

    static PostedEvents of(PostedEvent event) {
        return new PostedEvents(event.accountId(), null, List.of(event));
    }

    @Override
    public int rows() {
        int rows = 0;
        for (PostedEvent event : events) {
            rows += event.type().channels().size();
        }
        return rows;
    }

    @Override
    public int bytes() {
        int bytes = 0;
        for (PostedEvent event : events) {
            bytes += event.type().channels().size()
                    * (MESSAGE_BYTES + 2 * EventWeight.weight(event.data().getMap()));
        }
        return bytes;
    }
}
