package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.GroupCommit;
import java.util.List;
import java.util.Map;
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

    private static final int VALUE_BYTES = 16;

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
                    * (MESSAGE_BYTES + weight(event.data().getMap()));
        }
        return bytes;
    }

    /** About: it is not written out for that. */
    private static int weight(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length() * 2;
            case Map<?, ?> map -> map.values().stream().mapToInt(PostedEvents::weight).sum();
            case List<?> list -> list.stream().mapToInt(PostedEvents::weight).sum();
            case null, default -> VALUE_BYTES;
        };
    }
}
