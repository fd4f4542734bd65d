package io.heliograph.worker.limits;

import static io.heliograph.worker.limits.SlotsBench.LONG;
import static io.heliograph.worker.limits.SlotsBench.SECOND_NANOS;
import static io.heliograph.worker.limits.SlotsBench.granted;
import static io.heliograph.worker.limits.SlotsBench.limit;
import static io.heliograph.worker.limits.SlotsBench.reserve;
import static io.heliograph.worker.limits.SlotsBench.slot;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** To whom a slot is granted, and what becomes of one that is not used. */
class GrantedSlotsTest {
    private final SlotsBench bench = new SlotsBench();

    @AfterEach
    void stop() throws Exception {
        bench.close();
    }

    @Test
    void a_slot_that_was_missed_is_not_saved_up() throws Exception {
        bench.define("provider:p", 1_000.0);
        long[] aheadNanos = {0};
        Slots worker = new Slots(bench.store, limit("p", 1_000.0, List.of()), () -> System.nanoTime() + aheadNanos[0]);
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
        bench.define("provider:p", 10.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(bench.store, limit("p", 10.0, List.of()), () -> stopped);
        int reserved = reserve(worker, 2);
        Slot _ = slot(worker, 1, null);

        Slot tooLate = worker.await(granted(1, null), Duration.ofMillis(50));

        assertThat(reserved).isEqualTo(2);
        assertThat(tooLate).isNull();
        assertThat(reserve(worker, 1)).isEqualTo(1);
    }

    /** Without a limit a call of six gives back one slot, and was granted six. */
    @Test
    void what_was_granted_before_a_limit_went_is_nobodys_when_it_is_back() throws Exception {
        bench.define("provider:p", 1_000.0);
        long stopped = System.nanoTime();
        ProviderLimit limited = new ProviderLimit("p", 1_000.0, Set.of(), 6);
        Slots worker = new Slots(bench.store, limited, () -> stopped);
        int before = reserve(worker, 12);

        worker.limit(new ProviderLimit("p", null, Set.of(), 6));
        worker.release(6);
        worker.release(6);
        worker.limit(limited);

        assertThat(before).isEqualTo(12);
        assertThat(reserve(worker, 6, 1)).isEqualTo(6);
    }

    @Test
    void a_slot_is_granted_once() throws Exception {
        bench.define("provider:p", 100.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(bench.store, limit("p", 100.0, List.of()), () -> stopped);
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
        bench.define("provider:p", 100.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(bench.store, limit("p", 100.0, List.of()), () -> stopped);
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
        bench.define("provider:p", 10.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(bench.store, limit("p", 10.0, List.of()), () -> stopped);
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
    void no_slot_is_leased_for_what_would_only_wait_for_a_place() throws Exception {
        bench.define("provider:p", 1_000.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(bench.store, limit("p", 1_000.0, List.of()), () -> stopped);

        int granted = reserve(worker, 100, 2);
        int whileThesePlacesAreTaken = reserve(worker, 100, 2);

        assertThat(granted).isEqualTo(2);
        assertThat(whileThesePlacesAreTaken).isZero();
    }

    @Test
    void what_waits_for_a_place_and_lost_its_slot_gets_another_when_it_has_one() throws Exception {
        bench.define("provider:p", 100.0);
        long[] aheadNanos = {0};
        Slots worker = new Slots(bench.store, limit("p", 100.0, List.of()), () -> System.nanoTime() + aheadNanos[0]);
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
        bench.define("provider:p", 1_000.0);
        long stopped = System.nanoTime();
        Slots worker = new Slots(bench.store, limit("p", 1_000.0, List.of()), () -> stopped);
        int granted = reserve(worker, 6);

        Slot held = worker.await(new SlotRequest(6, null, true, _ -> false), LONG);

        assertThat(granted).isEqualTo(6);
        assertThat(held).isNull();
        assertThat(reserve(worker, 6, 0)).isEqualTo(6);
    }
}
