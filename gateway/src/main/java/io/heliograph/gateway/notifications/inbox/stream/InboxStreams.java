package io.heliograph.gateway.notifications.inbox.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.http.sse.StreamPlaces;
import io.heliograph.gateway.notifications.inbox.InboxOwner;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the streams of inboxes of all event loops share: the places, and the one reader of whose inboxes have changed. */
public final class InboxStreams {
    /** Tabs and devices. */
    private static final int STREAMS_PER_USER_MAX = 10;

    private static final int CHANGES_AT_ONCE_MAX = 1_000;

    private final InboxStreamLimits limits;
    private final StreamPlaces<Long> byAccount;
    private final StreamPlaces<InboxOwner> byUser;
    private final InboxReadStore store;
    private final Map<LastWord, Counter> ended = new EnumMap<>(LastWord.class);
    private final List<LocalInboxStreams> locals = new CopyOnWriteArrayList<>();
    /** Everybody was woken for what has changed up to here; null while nobody listens. */
    private volatile @Nullable EventPosition position;

    /** {@code pool} is not that of other requests, so that whoever catches up keeps none of them waiting. */
    public InboxStreams(Pool pool, InboxStreamLimits limits, PrometheusMeterRegistry registry) {
        this.limits = limits;
        this.byAccount = new StreamPlaces<>(limits.streamsMax(), limits.streamsPerAccountMax());
        this.byUser = new StreamPlaces<>(limits.streamsMax(), STREAMS_PER_USER_MAX);
        this.store = new InboxReadStore(pool);
        Gauge _ = Gauge.builder("heliograph_inbox_streams_open", byUser, StreamPlaces::taken)
                .description("Streams of inboxes that are open")
                .register(registry);
        for (LastWord word : LastWord.values()) {
            ended.put(
                    word,
                    Metrics.counter(
                            registry,
                            "heliograph_inbox_streams_ended",
                            "Streams of inboxes that the gateway has ended, by why",
                            "reason",
                            word.word()));
        }
    }

    /** Of the event loop that it is called on. */
    public LocalInboxStreams local(Vertx vertx) {
        return new LocalInboxStreams(vertx, this);
    }

    /**
     * Wakes the streams of those whose inboxes have changed, for a loop of its own; answers how many there are. Reads nothing while there is
     * no stream. A stream that opens while this reads will read after it, and miss nothing that this has seen.
     */
    public Future<Integer> wakeWhoseInboxChanged() {
        if (byUser.taken() == 0) {
            position = null;
            return Future.succeededFuture(0);
        }
        EventPosition from = position;
        return store.changed(from, CHANGES_AT_ONCE_MAX).map(changed -> {
            position = changed.to();
            if (from == null || changed.to().compareTo(from) < 0) {
                // Nobody looked for a while, or the database is in an earlier state.
                locals.forEach(LocalInboxStreams::wakeAll);
            } else if (!changed.owners().isEmpty()) {
                locals.forEach(local -> local.wake(changed.owners()));
            }
            return changed.owners().size();
        });
    }

    /** What came of asking for a place. */
    StreamPlaces.Answer take(InboxOwner owner) {
        StreamPlaces.Answer ofUser = byUser.take(owner);
        if (ofUser != StreamPlaces.Answer.TAKEN) {
            return ofUser;
        }
        StreamPlaces.Answer ofAccount = byAccount.take(owner.accountId());
        if (ofAccount != StreamPlaces.Answer.TAKEN) {
            byUser.release(owner);
        }
        // To the person it is the gateway that is full: the account's other users are none of their business.
        return ofAccount == StreamPlaces.Answer.TAKEN ? ofAccount : StreamPlaces.Answer.GATEWAY_FULL;
    }

    void release(InboxOwner owner) {
        byUser.release(owner);
        byAccount.release(owner.accountId());
    }

    InboxStreamLimits limits() {
        return limits;
    }

    InboxReadStore store() {
        return store;
    }

    void register(LocalInboxStreams local) {
        boolean _ = locals.add(local);
    }

    void remove(LocalInboxStreams local) {
        boolean _ = locals.remove(local);
    }

    void ended(LastWord word) {
        Objects.requireNonNull(ended.get(word)).increment();
    }
}
