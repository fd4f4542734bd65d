package io.heliograph.worker.limits;

import static io.heliograph.worker.limits.SlotsBench.limit;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseSlotsTest {
    private static final long LATE_NANOS = Duration.ofMillis(15).toNanos();
    private static final long TOGETHER_NANOS = Duration.ofMillis(5).toNanos();

    private final SlotsBench bench = new SlotsBench();
    private final Stock stock = new Stock();

    @AfterEach
    void stop() throws Exception {
        bench.close();
    }

    @Test
    void slots_that_are_close_together_are_one_moment_the_last_ones_and_each_may_be_as_late_as_before()
            throws Exception {
        List<Slot> slots = lease(1_000, 30, 0);

        assertThat(slots).hasSize(30);
        assertThat(slots).extracting(Slot::nanos).isSorted();
        assertThat(slots).extracting(Slot::lastNanos).isSorted().doesNotHaveDuplicates();
        assertThat(slots).allSatisfy(slot -> assertThat(slot.nanos() - at(slot)).isBetween(0L, TOGETHER_NANOS));
        // Thirty slots a millisecond apart lie in seven stretches of five, or six.
        assertThat(slots.stream().map(Slot::nanos).distinct().count()).isBetween(6L, 7L);
    }

    @Test
    void what_is_wanted_now_does_not_wait_for_what_is_spare() throws Exception {
        List<Slot> slots = lease(1_000, 1, 10);

        assertThat(slots).hasSize(11);
        assertThat(slots.getFirst().nanos()).isEqualTo(at(slots.getFirst()));
    }

    @Test
    void slots_that_are_far_apart_stay_apart() throws Exception {
        List<Slot> slots = lease(100, 10, 0);

        assertThat(slots)
                .hasSize(10)
                .allSatisfy(slot -> assertThat(slot.nanos()).isEqualTo(at(slot)));
    }

    private List<Slot> lease(double perSecond, int wanted, int spare) throws Exception {
        bench.define("provider:p", perSecond);
        new LeaseSlots(bench.store, System::nanoTime).any(limit("p", perSecond, List.of()), wanted, spare, stock);
        return stock.take(stock.size());
    }

    private static long at(Slot slot) {
        return slot.lastNanos() - LATE_NANOS;
    }
}
