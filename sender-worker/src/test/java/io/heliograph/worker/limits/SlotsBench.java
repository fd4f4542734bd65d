package io.heliograph.worker.limits;

import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.limits.RateStore.Brake;
import io.heliograph.worker.testing.Messages;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Several workers that share a limit; their database is their only bond. */
final class SlotsBench implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(20);
    static final long SECOND_NANOS = 1_000_000_000;

    final RateStore store;
    final Messages tables;
    private final Vertx vertx = Vertx.vertx();

    SlotsBench() {
        DatabaseUrl database = TestDatabase.fresh();
        store = new RateStore(Database.pool(vertx, database, "test", 8));
        tables = new Messages(database);
    }

    @Override
    public void close() throws Exception {
        tables.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    Brake brake() throws Exception {
        return Objects.requireNonNull(
                store.brakes(List.of("provider:p")).await(5, TimeUnit.SECONDS).get("provider:p"));
    }

    /** As it was found, before it has grown. */
    double found() {
        return tables.number("SELECT found_per_second FROM send_rate");
    }

    double grown(int seconds) {
        return tables.number("SELECT found_now(1, now(), now() + interval '" + seconds + " seconds')");
    }

    void report(int workers) {
        for (int i = 0; i < workers; i++) {
            tables.execute(
                    "INSERT INTO provider_report (provider, worker, reported_at, accepted, refused, failed, in_flight)"
                            + " VALUES ('p', gen_random_uuid(), now(), 0, 0, 0, 0)");
        }
    }

    void define(String scope, @Nullable Double perSecond) throws Exception {
        Map<String, @Nullable Double> limits = new HashMap<>();
        limits.put(scope, perSecond);
        Void _ = store.define(limits, 0).await(5, TimeUnit.SECONDS);
    }

    /** As far apart as the next slots are. */
    double leasedPerSecond() throws Exception {
        RateStore.Lease lease = Objects.requireNonNull(
                store.lease("provider:p", List.of(), 11, Duration.ofSeconds(1)).await(5, TimeUnit.SECONDS));
        List<RateStore.Leased> slots = lease.slots();
        Duration between =
                Duration.between(slots.getFirst().at(), slots.getLast().at());
        return (slots.size() - 1) * 1e9 / between.toNanos();
    }

    Callable<Slots> worker(String provider, @Nullable Double perSecond, List<String> senders) {
        return () -> new Slots(store, limit(provider, perSecond, senders), System::nanoTime);
    }

    static ProviderLimit limit(String provider, @Nullable Double perSecond, List<String> senders) {
        return new ProviderLimit(provider, perSecond, Set.copyOf(senders), 1);
    }

    static List<Slot> together(int workers, Callable<Slots> worker, int each) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Slot>>> work = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                Slots slots = worker.call();
                work.add(() -> {
                    List<Slot> taken = new ArrayList<>();
                    for (int n = 0; n < each; n++) {
                        taken.add(slot(slots, 1, null));
                    }
                    return taken;
                });
            }
            List<Slot> all = new ArrayList<>();
            for (Future<List<Slot>> taken : threads.invokeAll(work)) {
                all.addAll(taken.get());
            }
            return all;
        }
    }

    static Slot slot(Slots slots, int messages, @Nullable String sender) throws InterruptedException {
        return Objects.requireNonNull(slots.await(granted(messages, sender), LONG));
    }

    static void claimed(Slots slots, int messages, int calls) throws InterruptedException {
        try (Grant grant = slots.reserve(messages, calls)) {
            grant.becomes(messages, calls);
        }
    }

    static SlotRequest granted(int messages, @Nullable String sender) {
        return new SlotRequest(messages, sender, true, _ -> true);
    }

    /** With places enough. */
    static int reserve(Slots slots, int messages) throws InterruptedException {
        return reserve(slots, messages, 10_000);
    }

    static int reserve(Slots slots, int messages, int placesFree) throws InterruptedException {
        return slots.reserve(messages, placesFree).messages();
    }

    static List<Slot> slotsOf(String sender, List<Slot> slots) {
        return slots.stream().filter(slot -> sender.equals(slot.sender())).toList();
    }

    /** The most slots in any second, wherever it begins. */
    static int peak(List<Slot> slots) {
        long[] nanos = slots.stream().mapToLong(Slot::nanos).sorted().toArray();
        int most = 0;
        int from = 0;
        for (int to = 0; to < nanos.length; to++) {
            while (nanos[to] - nanos[from] >= SECOND_NANOS) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
