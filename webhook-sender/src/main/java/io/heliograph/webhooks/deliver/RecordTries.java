package io.heliograph.webhooks.deliver;

import io.heliograph.webhooks.deliver.Try.Dropped;
import io.heliograph.webhooks.deliver.Try.Made;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what has ended, together. What cannot be recorded now is kept, and keeps its places: so when the database is away, no more
 * is sent than there are places.
 */
final class RecordTries {
    private static final Logger log = LoggerFactory.getLogger(RecordTries.class);
    private static final int BATCH = 500;
    private static final long WAIT_MS = 20;

    private final TryStore store;
    private final Places places;
    private final WebhookMeters meters;
    private final Duration disableAfter;
    /** Never holds more than there are places. */
    private final BlockingQueue<Try> ended = new LinkedBlockingQueue<>();

    private List<Try> unrecorded = List.of();

    RecordTries(Pool pool, Places places, WebhookMeters meters, Duration disableAfter) {
        this.store = new TryStore(pool);
        this.places = places;
        this.meters = meters;
        this.disableAfter = disableAfter;
    }

    void ended(Try what) {
        ended.add(what);
    }

    /** One round, which waits a little for something to record. Answers how much it was; 0 lets more of it gather. */
    int runOnce() throws TimeoutException, InterruptedException {
        if (unrecorded.isEmpty()) {
            Try first = ended.poll(WAIT_MS, TimeUnit.MILLISECONDS);
            if (first == null) {
                return 0;
            }
            unrecorded = new ArrayList<>(List.of(first));
            int _ = ended.drainTo(unrecorded, BATCH - 1);
        }
        record(unrecorded);
        places.free(unrecorded.size());
        int recorded = unrecorded.size();
        unrecorded = List.of();
        return recorded == BATCH ? recorded : 0;
    }

    /** All that has ended so far. */
    void flush() throws TimeoutException, InterruptedException {
        while (!ended.isEmpty() || !unrecorded.isEmpty()) {
            int _ = runOnce();
        }
    }

    private void record(List<Try> tries) throws TimeoutException {
        List<Made> made = only(Made.class, tries);
        List<Dropped> dropped = only(Dropped.class, tries);
        if (!dropped.isEmpty()) {
            meters.dropped(
                    store.drop(dropped.stream().map(one -> one.delivery().id()).toList()));
        }
        if (!made.isEmpty()) {
            store.record(made);
            markEndpoints(made);
            disableEndpoints(made);
        }
        made.forEach(this::count);
    }

    /** Asks only about endpoints whose mark has to change, which are few. */
    private void markEndpoints(List<Made> made) throws TimeoutException {
        Map<UUID, Boolean> arrived = new HashMap<>();
        Map<UUID, Boolean> marked = new HashMap<>();
        for (Made one : made) {
            UUID endpoint = one.delivery().line().endpointId();
            if (endpoint != null) {
                arrived.merge(endpoint, one.posted().arrived(), Boolean::logicalOr);
                marked.merge(endpoint, one.endpointIsFailing(), Boolean::logicalOr);
            }
        }
        arrived.entrySet().removeIf(endpoint -> !endpoint.getValue().equals(marked.get(endpoint.getKey())));
        if (!arrived.isEmpty()) {
            store.mark(arrived);
        }
    }

    private void disableEndpoints(List<Made> made) throws TimeoutException {
        Set<UUID> gone = new HashSet<>();
        Set<UUID> failing = new HashSet<>();
        for (Made one : made) {
            UUID endpoint = one.delivery().line().endpointId();
            if (endpoint != null && one.gone()) {
                gone.add(endpoint);
            } else if (endpoint != null
                    && one.endpointIsFailing()
                    && !one.posted().arrived()) {
                failing.add(endpoint);
            }
        }
        failing.removeAll(gone);
        if (gone.isEmpty() && failing.isEmpty()) {
            return;
        }
        List<UUID> disabled = store.disable(gone, failing, disableAfter);
        meters.disabled(disabled.size());
        if (!disabled.isEmpty()) {
            log.atWarn()
                    .addKeyValue("endpoints", disabled)
                    .log(
                            "Disabled endpoints on which nothing arrives. GET /v1/webhook-endpoints/{id}/deliveries says why;"
                                    + " when that is mended, POST /v1/webhook-endpoints/{id}/enable and replay what they missed");
        }
    }

    private void count(Made made) {
        if (made.posted().arrived()) {
            meters.arrived(made.took());
        } else {
            meters.failed(made.took(), made.pause().isEmpty());
        }
    }

    private static <T> List<T> only(Class<T> kind, List<Try> tries) {
        return tries.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
