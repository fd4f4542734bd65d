package io.heliograph.worker.limits;

import static io.heliograph.worker.limits.SlotsBench.SECOND_NANOS;
import static io.heliograph.worker.limits.SlotsBench.granted;
import static io.heliograph.worker.limits.SlotsBench.limit;
import static io.heliograph.worker.limits.SlotsBench.peak;
import static io.heliograph.worker.limits.SlotsBench.reserve;
import static io.heliograph.worker.limits.SlotsBench.slot;
import static io.heliograph.worker.limits.SlotsBench.slotsOf;
import static io.heliograph.worker.limits.SlotsBench.together;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several workers share a limit; their database is their only bond. */
class SlotsTest {
    private final SlotsBench bench = new SlotsBench();

    @AfterEach
    void stop() throws Exception {
        bench.close();
    }

    @Test
    void four_workers_together_never_send_more_in_any_second_than_the_limit() throws Exception {
        bench.define("provider:p", 100.0);

        List<Slot> slots = together(4, bench.worker("p", 100.0, List.of()), 75);

        assertThat(slots).hasSize(300);
        assertThat(peak(slots)).isLessThanOrEqualTo(100);
    }

    @Test
    void a_call_with_several_messages_waits_for_the_last_ones_slot() throws Exception {
        bench.define("provider:p", 1_000.0);
        Slots worker = bench.worker("p", 1_000.0, List.of()).call();

        List<Slot> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(slot(worker, worker.callSizeMax(), null));
        }

        assertThat(worker.callSizeMax()).isEqualTo(6);
        assertThat(peak(calls) * 6L).isLessThanOrEqualTo(1_000);
    }

    @Test
    void every_sender_keeps_to_a_limit_of_its_own() throws Exception {
        bench.define("provider:p", 200.0);
        bench.define("sender:p/a", 10.0);
        bench.define("sender:p/b", 40.0);

        List<Slot> slots = together(2, bench.worker("p", 200.0, List.of("a", "b")), 40);

        assertThat(peak(slotsOf("a", slots))).isBetween(1, 10);
        assertThat(peak(slotsOf("b", slots))).isBetween(1, 40);
    }

    @Test
    void no_slot_is_a_senders_that_is_down_unless_all_are_or_a_message_asks_for_it() throws Exception {
        bench.define("provider:p", 200.0);
        bench.define("sender:p/a", 50.0);
        bench.define("sender:p/b", 50.0);
        Slots worker = bench.worker("p", 200.0, List.of("a", "b")).call();

        worker.withoutSenders(() -> Set.of("a"));
        worker.limit(limit("p", 200.0, List.of("a", "b")));
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            slots.add(slot(worker, 1, null));
        }

        assertThat(slots).extracting(Slot::sender).containsOnly("b");
        assertThat(slot(worker, 1, "a").sender()).isEqualTo("a");
        worker.withoutSenders(() -> Set.of("a", "b"));
        assertThat(slot(worker, 1, null).sender()).isNotNull();
    }

    @Test
    void a_message_gets_the_sender_that_it_asks_for() throws Exception {
        bench.define("provider:p", 200.0);
        bench.define("sender:p/a", 50.0);
        bench.define("sender:p/b", 50.0);
        Slots worker = bench.worker("p", 200.0, List.of("a", "b")).call();

        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slots.add(slot(worker, 1, "b"));
        }

        assertThat(slots).extracting(Slot::sender).containsOnly("b");
    }

    @Test
    void a_provider_that_says_too_fast_rests_for_all_workers_and_then_goes_slower() throws Exception {
        bench.define("provider:p", 100.0);
        Slots hears = bench.worker("p", 100.0, List.of()).call();
        Slots doesNot = bench.worker("p", 100.0, List.of()).call();

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

    /** Goal: a limit of the file comes back after a complaint. Method: the complaint is put back in time, so nobody waits. */
    @ParameterizedTest
    @CsvSource({"0, 0.7", "2, 0.8", "4, 0.9", "6, 1", "600, 1"})
    void what_a_complaint_took_away_comes_back_by_a_twentieth_of_the_limit_each_second(int seconds, double share)
            throws Exception {
        bench.define("provider:p", 100.0);
        Slots worker = bench.worker("p", 100.0, List.of()).call();
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        bench.tables.execute("UPDATE send_rate SET share_at = share_at - interval '" + seconds + " seconds'");

        // This machine may have taken a moment itself, within which a little more has come back.
        assertThat(bench.leasedPerSecond()).isBetween(98 * share - 0.1, 98 * Math.min(1, share + 0.08) + 0.1);
    }

    @Test
    void a_changed_limit_holds_at_once() throws Exception {
        bench.define("provider:p", 1_000.0);
        Slots worker = bench.worker("p", 1_000.0, List.of()).call();
        for (int i = 0; i < 100; i++) {
            Slot _ = slot(worker, 1, null);
        }

        bench.define("provider:p", 50.0);
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
        Slots worker = bench.worker("p", 100.0, List.of()).call();

        assertThat(reserve(worker, 10)).isZero();
        assertThat(worker.await(granted(1, null), Duration.ofMillis(100))).isNull();
    }

    @Test
    void what_waits_leaves_at_once_when_the_limit_is_lifted() throws Exception {
        bench.define("provider:p", 0.01);
        Slots worker = bench.worker("p", 0.01, List.of()).call();
        Slot _ = slot(worker, 1, null);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Slot> waits = threads.submit(() -> slot(worker, 1, null));
            bench.define("provider:p", null);
            worker.limit(limit("p", null, List.of()));

            // A minute and a half before its slot.
            assertThat(waits.get(15, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(reserve(worker, 10_000)).isEqualTo(10_000);
    }

    @Test
    void a_call_of_several_from_a_sender_of_its_own_takes_as_many_slots() throws Exception {
        bench.define("provider:p", 1_000.0);
        Slots worker = bench.worker("p", 1_000.0, List.of()).call();

        List<Slot> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(slot(worker, worker.callSizeMax(), "acme"));
        }

        assertThat(peak(calls) * 6L).isLessThanOrEqualTo(1_000);
    }
}
