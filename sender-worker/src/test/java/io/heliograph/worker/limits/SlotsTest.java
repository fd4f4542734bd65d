package io.heliograph.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.limits.RateStore.Brake;
import io.heliograph.worker.testing.Messages;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several workers share a limit; their database is their only bond. */
class SlotsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Pool pool = Database.pool(vertx, database, "test", 8);
    private final RateStore store = new RateStore(pool);
    private final Messages tables = new Messages(database);

    @AfterEach
    void stop() throws Exception {
        tables.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void four_workers_together_never_send_more_in_any_second_than_the_limit() throws Exception {
        define("provider:p", 100.0);

        List<Slot> slots = together(4, worker("p", 100.0, List.of()), 75);

        assertThat(slots).hasSize(300);
        assertThat(peak(slots)).isLessThanOrEqualTo(100);
    }

    @Test
    void a_call_with_several_messages_waits_for_the_last_ones_slot() throws Exception {
        define("provider:p", 1_000.0);
        Slots worker = worker("p", 1_000.0, List.of()).call();

        List<Slot> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(slot(worker, worker.callSizeMax(), null));
        }

        assertThat(worker.callSizeMax()).isEqualTo(6);
        assertThat(peak(calls) * 6L).isLessThanOrEqualTo(1_000);
    }

    @Test
    void every_sender_keeps_to_a_limit_of_its_own() throws Exception {
        define("provider:p", 200.0);
        define("sender:p/a", 10.0);
        define("sender:p/b", 40.0);

        List<Slot> slots = together(2, worker("p", 200.0, List.of("a", "b")), 40);

        assertThat(peak(of("a", slots))).isBetween(1, 10);
        assertThat(peak(of("b", slots))).isBetween(1, 40);
    }

    @Test
    void a_message_gets_the_sender_that_it_asks_for() throws Exception {
        define("provider:p", 200.0);
        define("sender:p/a", 50.0);
        define("sender:p/b", 50.0);
        Slots worker = worker("p", 200.0, List.of("a", "b")).call();

        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slots.add(slot(worker, 1, "b"));
        }

        assertThat(slots).extracting(Slot::sender).containsOnly("b");
    }

    @Test
    void a_provider_that_says_too_fast_rests_for_all_workers_and_then_goes_slower() throws Exception {
        define("provider:p", 100.0);
        Slots hears = worker("p", 100.0, List.of()).call();
        Slots doesNot = worker("p", 100.0, List.of()).call();

        long startedNanos = System.nanoTime();
        Void _ = hears.slowDown(null, Duration.ofMillis(400)).await(5, TimeUnit.SECONDS);
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            slots.add(slot(doesNot, 1, null));
        }

        assertThat(slots.getFirst().nanos() - startedNanos).isGreaterThan(SECOND_NANOS * 3 / 10);
        // 70 % of the limit, and a little that has come back by then.
        assertThat(slots.getLast().nanos() - slots.getFirst().nanos()).isGreaterThan(SECOND_NANOS * 40 / 100);
    }

    @Test
    void a_slot_that_was_missed_is_not_saved_up() throws Exception {
        define("provider:p", 1_000.0);
        long[] aheadNanos = {0};
        Slots worker = new Slots(store, limit("p", 1_000.0, List.of()), () -> System.nanoTime() + aheadNanos[0]);
        int reserved = reserve(worker, 100);

        // As if it had been frozen.
        aheadNanos[0] = SECOND_NANOS;
        Slot slot = slot(worker, 1, null);

        assertThat(reserved).isEqualTo(100);
        assertThat(worker.missed()).isGreaterThanOrEqualTo(100);
        assertThat(slot.nanos() - System.nanoTime()).isGreaterThan(SECOND_NANOS / 2);
    }

    @Test
    void a_slot_that_is_too_late_for_one_message_is_kept_for_the_next() throws Exception {
        define("provider:p", 10.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(store, limit("p", 10.0, List.of()), () -> stopped);
        int reserved = reserve(worker, 2);
        Slot _ = slot(worker, 1, null);

        Slot tooLate = worker.await(granted(1, null), Duration.ofMillis(50));

        assertThat(reserved).isEqualTo(2);
        assertThat(tooLate).isNull();
        assertThat(reserve(worker, 1)).isEqualTo(1);
    }

    @Test
    void a_slot_is_granted_once() throws Exception {
        define("provider:p", 100.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(store, limit("p", 100.0, List.of()), () -> stopped);
        int first = reserve(worker, 10);

        int whileTheyAreOnTheirWay = reserve(worker, 10);
        worker.release(4);
        int afterSomeWereNotClaimed = reserve(worker, 10);

        assertThat(first).isEqualTo(10);
        assertThat(whileTheyAreOnTheirWay).isZero();
        assertThat(afterSomeWereNotClaimed).isEqualTo(4);
    }

    @Test
    void what_goes_first_gets_the_next_slots_however_many_others_wait() throws Exception {
        define("provider:p", 100.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(store, limit("p", 100.0, List.of()), () -> stopped);
        int campaign = reserve(worker, 1_000);
        int noneLeft = worker.reserveFirst(2, 100).messages();
        worker.release(campaign);

        int campaignAgain = reserve(worker, 1_000);
        int critical = worker.reserveFirst(2, 100).messages();

        assertThat(noneLeft).isZero();
        assertThat(campaignAgain).isEqualTo(campaign - 2);
        assertThat(critical).isEqualTo(2);
    }

    @Test
    void a_look_up_takes_a_slot_and_ends_no_messages_claim_to_one() throws Exception {
        define("provider:p", 10.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(store, limit("p", 10.0, List.of()), () -> stopped);
        int granted = reserve(worker, 2);
        Slot _ = worker.await(SlotRequest.lookUp(), LONG);

        // One slot is left, for one of the two that were granted one.
        assertThat(granted).isEqualTo(2);
        assertThat(reserve(worker, 1)).isZero();
        worker.release(1);
        assertThat(reserve(worker, 1)).isZero();
        worker.release(1);
        assertThat(reserve(worker, 1)).isOne();
    }

    @Test
    void a_changed_limit_holds_at_once() throws Exception {
        define("provider:p", 1_000.0);
        Slots worker = worker("p", 1_000.0, List.of()).call();
        for (int i = 0; i < 100; i++) {
            Slot _ = slot(worker, 1, null);
        }

        define("provider:p", 50.0);
        for (int i = 0; i < 150; i++) {
            Slot _ = slot(worker, 1, null);
        }
        long startedNanos = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            Slot _ = slot(worker, 1, null);
        }

        assertThat(System.nanoTime() - startedNanos).isGreaterThan(SECOND_NANOS * 15 / 100);
    }

    @Test
    void nothing_may_leave_while_nobody_knows_the_limit() throws Exception {
        Slots worker = worker("p", 100.0, List.of()).call();

        assertThat(reserve(worker, 10)).isZero();
        assertThat(worker.await(granted(1, null), Duration.ofMillis(100))).isNull();
    }

    @Test
    void a_provider_without_a_limit_is_not_slowed_until_it_says_so() throws Exception {
        define("provider:p", null);
        Slots worker = worker("p", null, List.of()).call();

        assertThat(reserve(worker, 10_000)).isEqualTo(10_000);
        Void _ = worker.slowDown(null, Duration.ofSeconds(60)).await(5, TimeUnit.SECONDS);

        assertThat(reserve(worker, 10_000)).isZero();
        assertThat(brake().pausedFor()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
    }

    @Test
    void a_limit_that_nobody_told_is_found_for_all_workers_when_the_provider_says_too_fast() throws Exception {
        define("provider:p", null);
        report(2);
        Slots hears = worker("p", null, List.of()).call();
        Slots doesNot = worker("p", null, List.of()).call();
        for (int i = 0; i < 50; i++) {
            Slot _ = slot(hears, 1, null);
        }

        Void _ = hears.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        doesNot.follow(brake());
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            slots.add(slot(doesNot, 1, null));
        }

        // Two workers, fifty calls each, and 70 % of that; a little more comes back while the slots are taken.
        assertThat(found()).isEqualTo(70);
        assertThat(slots.getLast().nanos() - slots.getFirst().nanos()).isGreaterThan(SECOND_NANOS * 35 / 100);
    }

    @Test
    void a_limit_that_was_found_falls_once_a_second_and_no_lower_than_one() throws Exception {
        define("provider:p", null);
        Slots worker = worker("p", null, List.of()).call();
        for (int i = 0; i < 10; i++) {
            Slot _ = slot(worker, 1, null);
        }

        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        // However long the next ones take, they come within its second.
        tables.execute("UPDATE send_rate SET found_at = now() + interval '1 minute'");
        for (int i = 0; i < 4; i++) {
            Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        }
        assertThat(found()).isEqualTo(7);
        tables.execute("UPDATE send_rate SET found_at = now() - interval '1 second', found_per_second = 1.1");
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        assertThat(found()).isEqualTo(1);
    }

    @Test
    void it_grows_slowly_at_first_and_is_gone_after_half_a_minute_in_which_nobody_complained() throws Exception {
        define("provider:p", null);
        Slots worker = worker("p", null, List.of()).call();
        Slot _ = slot(worker, 1, null);
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        worker.follow(brake());
        assertThat(reserve(worker, 10_000)).isLessThan(10);

        assertThat(grown(2)).isBetween(1.0, 1.2);
        assertThat(grown(5)).isBetween(1.4, 1.6);
        assertThat(grown(10)).isBetween(3.0, 4.0);
        tables.execute("UPDATE send_rate SET found_at = now() - interval '20 seconds'");
        assertThat(brake().found()).isTrue();
        tables.execute("UPDATE send_rate SET found_at = now() - interval '30 seconds'");
        worker.follow(brake());

        assertThat(brake().found()).isFalse();
        assertThat(reserve(worker, 10_000)).isEqualTo(10_000);
    }

    @Test
    void a_slot_under_a_limit_that_was_found_is_a_whole_calls() throws Exception {
        define("provider:p", null);
        Slots worker = new Slots(store, new ProviderLimit("p", null, Set.of(), 100), System::nanoTime);
        claimed(worker, 2_000, 20);
        for (int i = 0; i < 20; i++) {
            Slot _ = slot(worker, 100, null);
        }
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        worker.follow(brake());

        int reserved = reserve(worker, 250);
        Slot first = slot(worker, 100, null);
        Slot second = slot(worker, 100, null);

        assertThat(found()).isEqualTo(14);
        assertThat(worker.callSizeMax()).isEqualTo(Integer.MAX_VALUE);
        assertThat(reserved).isBetween(200, 250);
        assertThat(second.nanos() - first.nanos()).isBetween(SECOND_NANOS / 20, SECOND_NANOS);
    }

    @Test
    void what_shares_no_calls_is_not_claimed_as_if_it_did_under_a_limit_that_was_found() throws Exception {
        define("provider:p", null);
        Slots worker = new Slots(store, new ProviderLimit("p", null, Set.of(), 1_000), System::nanoTime);
        claimed(worker, 20, 20);
        for (int i = 0; i < 20; i++) {
            Slot _ = slot(worker, 1, null);
        }
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        // Three slots at the most come within the horizon; as many again, should they fit into the same calls.
        try (Grant grant = worker.reserve(1_000, 100)) {
            assertThat(found()).isEqualTo(14);
            assertThat(grant.messages()).isBetween(2, 6);
            grant.becomes(grant.messages(), grant.messages());
        }
        // Half of them have no slot yet, and come first.
        assertThat(reserve(worker, 1_000)).isZero();
    }

    @Test
    void what_turns_out_to_share_calls_is_claimed_more_and_more_at_once() throws Exception {
        define("provider:p", null);
        Slots worker = new Slots(store, new ProviderLimit("p", null, Set.of(), 1_000), System::nanoTime);
        for (int i = 0; i < 1_000; i++) {
            Slot _ = slot(worker, 1, null);
        }
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        int granted = 0;
        for (int claims = 0; claims < 10; claims++) {
            try (Grant grant = worker.reserve(1_000, 100)) {
                granted = grant.messages();
                grant.becomes(granted, 1);
            }
            Slot _ = slot(worker, granted, null);
        }

        assertThat(granted).isEqualTo(1_000);
    }

    @Test
    void whoever_hears_too_fast_keeps_to_what_was_found_at_once() throws Exception {
        define("provider:p", null);
        Slots worker = worker("p", null, List.of()).call();
        for (int i = 0; i < 50; i++) {
            Slot _ = slot(worker, 1, null);
        }

        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        assertThat(reserve(worker, 10_000)).isLessThan(20);
    }

    @Test
    void a_limit_is_found_of_what_was_done_before_too_fast_was_heard_late_and_after_the_rest_it_asked_for()
            throws Exception {
        define("provider:p", null);
        long[] aheadNanos = {0};
        Slots worker = new Slots(store, limit("p", null, List.of()), () -> System.nanoTime() + aheadNanos[0]);
        for (int i = 0; i < 50; i++) {
            Slot _ = slot(worker, 1, null);
        }

        aheadNanos[0] = SECOND_NANOS * 15 / 10;
        long heardNanos = System.nanoTime() + aheadNanos[0];
        Void _ = worker.slowDown(null, Duration.ofMillis(400)).await(5, TimeUnit.SECONDS);
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slots.add(slot(worker, 1, null));
        }

        assertThat(found()).isEqualTo(35);
        assertThat(slots.getFirst().nanos() - heardNanos).isGreaterThanOrEqualTo(SECOND_NANOS * 4 / 10);
        assertThat(slots.getLast().nanos() - slots.getFirst().nanos()).isGreaterThan(SECOND_NANOS * 40 / 100);
    }

    @Test
    void what_waits_leaves_at_once_when_the_limit_is_lifted() throws Exception {
        define("provider:p", 0.01);
        Slots worker = worker("p", 0.01, List.of()).call();
        Slot _ = slot(worker, 1, null);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Slot> waits = threads.submit(() -> slot(worker, 1, null));
            define("provider:p", null);
            worker.limit(limit("p", null, List.of()));

            // A minute and a half before its slot.
            assertThat(waits.get(15, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(reserve(worker, 10_000)).isEqualTo(10_000);
    }

    @Test
    void no_slot_is_leased_for_what_would_only_wait_for_a_place() throws Exception {
        define("provider:p", 1_000.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(store, limit("p", 1_000.0, List.of()), () -> stopped);

        int granted = reserve(worker, 100, 2);
        int whileThesePlacesAreTaken = reserve(worker, 100, 2);

        assertThat(granted).isEqualTo(2);
        assertThat(whileThesePlacesAreTaken).isZero();
    }

    @Test
    void what_waits_for_a_place_and_lost_its_slot_gets_another_when_it_has_one() throws Exception {
        define("provider:p", 100.0);
        long[] aheadNanos = {0};
        Slots worker = new Slots(store, limit("p", 100.0, List.of()), () -> System.nanoTime() + aheadNanos[0]);
        int granted = reserve(worker, 10);

        aheadNanos[0] = SECOND_NANOS;
        Slot _ = slot(worker, 1, null);
        worker.release(9);

        assertThat(granted).isEqualTo(10);
        // Nine others were still waiting, for whom nothing was leased that they could not have used in time.
        assertThat(reserve(worker, 9, 0)).isLessThan(3);
    }

    @Test
    void a_call_of_several_that_is_held_back_gives_all_of_its_slots_back() throws Exception {
        define("provider:p", 1_000.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(store, limit("p", 1_000.0, List.of()), () -> stopped);
        int granted = reserve(worker, 6);

        Slot held = worker.await(new SlotRequest(6, null, true, _ -> false), LONG);

        assertThat(granted).isEqualTo(6);
        assertThat(held).isNull();
        assertThat(reserve(worker, 6, 0)).isEqualTo(6);
    }

    @Test
    void a_call_of_several_from_a_sender_of_its_own_takes_as_many_slots() throws Exception {
        define("provider:p", 1_000.0);
        Slots worker = worker("p", 1_000.0, List.of()).call();

        List<Slot> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(slot(worker, worker.callSizeMax(), "acme"));
        }

        assertThat(peak(calls) * 6L).isLessThanOrEqualTo(1_000);
    }

    @Test
    void a_limit_of_the_file_is_not_replaced_by_one_that_was_found() throws Exception {
        define("provider:p", 100.0);
        Slots worker = worker("p", 100.0, List.of()).call();

        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        assertThat(brake().found()).isFalse();
    }

    private Brake brake() throws Exception {
        return Objects.requireNonNull(
                store.brakes(List.of("provider:p")).await(5, TimeUnit.SECONDS).get("provider:p"));
    }

    /** As it was found, before it has grown. */
    private double found() {
        return tables.number("SELECT found_per_second FROM send_rate");
    }

    private double grown(int seconds) {
        return tables.number("SELECT found_now(1, now(), now() + interval '" + seconds + " seconds')");
    }

    private void report(int workers) {
        for (int i = 0; i < workers; i++) {
            tables.execute(
                    "INSERT INTO provider_report (provider, worker, reported_at, accepted, refused, failed, in_flight)"
                            + " VALUES ('p', gen_random_uuid(), now(), 0, 0, 0, 0)");
        }
    }

    private void define(String scope, @Nullable Double perSecond) throws Exception {
        Map<String, @Nullable Double> limits = new HashMap<>();
        limits.put(scope, perSecond);
        Void _ = store.define(limits, 0).await(5, TimeUnit.SECONDS);
    }

    private Callable<Slots> worker(String provider, @Nullable Double perSecond, List<String> senders) {
        return () -> new Slots(store, limit(provider, perSecond, senders), System::nanoTime);
    }

    private static ProviderLimit limit(String provider, @Nullable Double perSecond, List<String> senders) {
        return new ProviderLimit(provider, perSecond, Set.copyOf(senders), 1);
    }

    private static List<Slot> together(int workers, Callable<Slots> worker, int each) throws Exception {
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

    private static Slot slot(Slots slots, int messages, @Nullable String sender) throws InterruptedException {
        return Objects.requireNonNull(slots.await(granted(messages, sender), LONG));
    }

    private static void claimed(Slots slots, int messages, int calls) throws InterruptedException {
        try (Grant grant = slots.reserve(messages, calls)) {
            grant.becomes(messages, calls);
        }
    }

    private static SlotRequest granted(int messages, @Nullable String sender) {
        return new SlotRequest(messages, sender, true, _ -> true);
    }

    /** With places enough. */
    private static int reserve(Slots slots, int messages) throws InterruptedException {
        return reserve(slots, messages, 10_000);
    }

    private static int reserve(Slots slots, int messages, int placesFree) throws InterruptedException {
        return slots.reserve(messages, placesFree).messages();
    }

    private static List<Slot> of(String sender, List<Slot> slots) {
        return slots.stream().filter(slot -> sender.equals(slot.sender())).toList();
    }

    /** The most slots in any second, wherever it begins. */
    private static int peak(List<Slot> slots) {
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
