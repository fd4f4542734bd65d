package io.heliograph.gateway.notifications.inbox.stream;

import io.heliograph.gateway.notifications.inbox.InboxOwner;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The streams of inboxes of one event loop, which alone touches them. */
public final class LocalInboxStreams {
    private static final long SWEEP_MS = 1_000;
    /** In which each gets a heartbeat, and reads whether it was woken or not: so its token is looked at, and a wake that was lost made good. */
    private static final int ROUND_SECONDS = 15;

    private final Context context;
    private final InboxStreams streams;
    private final InboxReads reads;
    private final Map<InboxOwner, Set<InboxStream>> byOwner = new HashMap<>();
    private int second;
    private @Nullable LastWord closing;

    LocalInboxStreams(Vertx vertx, InboxStreams streams) {
        this.context = vertx.getOrCreateContext();
        this.streams = streams;
        this.reads = new InboxReads(vertx, streams.store(), this::end);
        streams.register(this);
        long _ = vertx.setPeriodic(SWEEP_MS, tick -> sweep(System.nanoTime()));
    }

    /** A place was taken for it, which is given back when it ends. */
    void open(InboxStream stream) {
        boolean _ = byOwner.computeIfAbsent(stream.owner(), owner -> new LinkedHashSet<>())
                .add(stream);
        stream.onClose(() -> remove(stream));
        if (closing != null) {
            end(stream, closing);
        } else {
            reads.add(stream);
        }
    }

    /** Comes from another thread. */
    void wake(Collection<InboxOwner> changed) {
        context.runOnContext(here -> changed.forEach(
                owner -> List.copyOf(byOwner.getOrDefault(owner, Set.of())).forEach(reads::add)));
    }

    /** Likewise; what has changed is not known. */
    void wakeAll() {
        context.runOnContext(here -> all().forEach(reads::add));
    }

    /** New ones are ended at once. */
    void endAll() {
        closing = LastWord.STOPPING;
        streams.remove(this);
        all().forEach(stream -> end(stream, LastWord.STOPPING));
    }

    private void sweep(long nowNanos) {
        second = (second + 1) % ROUND_SECONDS;
        for (InboxStream stream : all()) {
            if (stream.isFullForLongerThan(streams.limits().slowAfter().toNanos(), nowNanos)) {
                end(stream, LastWord.TOO_SLOW);
            } else if (Math.floorMod(System.identityHashCode(stream), ROUND_SECONDS) == second) {
                stream.heartbeat();
                reads.add(stream);
            }
        }
    }

    private List<InboxStream> all() {
        return byOwner.values().stream().flatMap(Set::stream).toList();
    }

    private void end(InboxStream stream, LastWord word) {
        if (!stream.isEnded()) {
            remove(stream);
            streams.ended(word);
            stream.end(word);
        }
    }

    private void remove(InboxStream stream) {
        if (!stream.isEnded()) {
            stream.markEnded();
            Set<InboxStream> _ = byOwner.computeIfPresent(stream.owner(), (owner, its) -> {
                boolean _ = its.remove(stream);
                return its.isEmpty() ? null : its;
            });
            streams.release(stream.owner());
        }
    }
}
