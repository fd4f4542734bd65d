package io.heliograph.relay.publish;

import io.heliograph.contract.Lane;
import io.heliograph.contract.Pacing;
import io.vertx.sqlclient.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The topics that somebody serves, as the workers have put them into the database, and how fast each may be sent to. What
 * has another topic waits in the outbox until a worker has found it a way.
 */
public final class Topics {
    private final TopicStore store;
    private volatile Map<String, Pacing> pacing = Map.of();

    public Topics(Pool pool) {
        this.store = new TopicStore(pool);
    }

    /** Looks again. Answers 0: there is no work to be done at once. */
    public int runOnce() throws TimeoutException {
        pacing = store.read();
        return 0;
    }

    /** In the order in which they are served. */
    List<QueueKey> keys() {
        Set<String> topics = pacing.keySet();
        return Arrays.stream(Lane.values())
                .flatMap(lane -> topics.stream().sorted().map(topic -> new QueueKey(lane, topic)))
                .toList();
    }

    Pacing pacing(String topic) {
        return pacing.getOrDefault(topic, Pacing.UNLIMITED);
    }
}
