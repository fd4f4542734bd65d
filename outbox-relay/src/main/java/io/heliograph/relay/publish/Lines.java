package io.heliograph.relay.publish;

import io.heliograph.runtime.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Which accounts have something waiting in which queue. A look at the index finds them all; between two looks those count
 * that were served a moment ago, because who has just sent will send again.
 */
final class Lines {
    /** How long a first message of an account may go unseen; more, when there are many accounts to look through. */
    private final Pace looks = new Pace(Duration.ofMillis(25), Duration.ofMillis(250), 20);

    private static final long SERVED_NANOS_MAX = 60_000_000_000L;
    /** Asking for a line that is empty costs little, but not nothing. */
    private static final int SERVED_MAX = 32;
    /** Asked for in one round; the others have their turn in the next ones. */
    private static final int ASKED_MAX = 256;

    private final OutboxStore store;
    private final Map<Line, Long> servedNanos = new HashMap<>();
    private List<Line> found = List.of();
    private int turn;

    Lines(OutboxStore store) {
        this.store = store;
    }

    /** In these of all queues, some of them if there are very many. */
    List<Line> in(List<QueueKey> keys, List<QueueKey> all, long nowNanos) throws TimeoutException {
        if (looks.begin()) {
            found = store.lines(all);
            looks.end();
        }
        Set<Line> lines = new LinkedHashSet<>(found);
        forgetOld(nowNanos);
        lines.addAll(servedNanos.keySet());
        List<Line> open =
                lines.stream().filter(line -> keys.contains(line.key())).toList();
        if (open.size() <= ASKED_MAX) {
            return open;
        }
        List<Line> turned = new ArrayList<>(ASKED_MAX);
        for (int i = 0; i < ASKED_MAX; i++) {
            turned.add(open.get((turn + i) % open.size()));
        }
        turn = (turn + ASKED_MAX) % open.size();
        return turned;
    }

    void served(Line line, long nowNanos) {
        servedNanos.put(line, nowNanos);
    }

    private void forgetOld(long nowNanos) {
        boolean _ = servedNanos.values().removeIf(nanos -> nowNanos - nanos > SERVED_NANOS_MAX);
        if (servedNanos.size() > SERVED_MAX) {
            List<Line> oldest = servedNanos.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .limit(servedNanos.size() - SERVED_MAX)
                    .map(Map.Entry::getKey)
                    .toList();
            oldest.forEach(servedNanos::remove);
        }
    }
}
