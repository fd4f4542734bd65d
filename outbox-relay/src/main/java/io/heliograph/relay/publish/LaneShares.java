package io.heliograph.relay.publish;

import io.heliograph.contract.Envelope;
import io.heliograph.contract.Lane;
import java.util.Collection;
import java.util.Set;

/**
 * Divides a round among the queues. A queue is hungry when it had more than it was given last time. The hungry ones share
 * the round by the weight of their lanes, so that none starves, and one alone has all of it; the others get no more than
 * their share of all. While none is hungry, each may have what it finds: then there is little.
 */
final class LaneShares {
    private LaneShares() {}

    static int rowsMax(QueueKey key, Collection<QueueKey> all, Set<QueueKey> hungry, int batch) {
        if (hungry.isEmpty()) {
            return batch;
        }
        Collection<QueueKey> sharing = hungry.contains(key) ? hungry : all;
        int share = batch * weight(key.lane()) / weight(sharing);
        return Math.max(share, Math.min(batch, Envelope.IDS_MAX));
    }

    private static int weight(Collection<QueueKey> keys) {
        return keys.stream().mapToInt(key -> weight(key.lane())).sum();
    }

    private static int weight(Lane lane) {
        return switch (lane) {
            case CRITICAL -> 16;
            case NORMAL -> 4;
            case BULK -> 1;
        };
    }
}
