package io.heliograph.worker.limits;

import static io.heliograph.worker.limits.SlotsBench.SECOND_NANOS;
import static io.heliograph.worker.limits.SlotsBench.claimed;
import static io.heliograph.worker.limits.SlotsBench.limit;
import static io.heliograph.worker.limits.SlotsBench.reserve;
import static io.heliograph.worker.limits.SlotsBench.slot;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A limit that nobody told is found when the provider says "too fast", and forgotten again. */
class FoundLimitsTest {
    private final SlotsBench bench = new SlotsBench();

    @AfterEach
    void stop() throws Exception {
        bench.close();
    }

    @Test
    void a_provider_without_a_limit_is_not_slowed_until_it_says_so() throws Exception {
        bench.define("provider:p", null);
        Slots worker = bench.worker("p", null, List.of()).call();

        assertThat(reserve(worker, 10_000)).isEqualTo(10_000);
        Void _ = worker.slowDown(null, Duration.ofSeconds(60)).await(5, TimeUnit.SECONDS);

        assertThat(reserve(worker, 10_000)).isZero();
        assertThat(bench.brake().pausedFor()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
    }

    @Test
    void a_limit_that_nobody_told_is_found_for_all_workers_when_the_provider_says_too_fast() throws Exception {
        bench.define("provider:p", null);
        bench.report(2);
        Slots hears = bench.worker("p", null, List.of()).call();
        Slots doesNot = bench.worker("p", null, List.of()).call();
        for (int i = 0; i < 50; i++) {
            Slot _ = slot(hears, 1, null);
        }

        Void _ = hears.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        doesNot.follow(bench.brake());
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            slots.add(slot(doesNot, 1, null));
        }

        // Two workers, fifty calls each, and 70 % of that; a little more comes back while the slots are taken.
        assertThat(bench.found()).isEqualTo(70);
        assertThat(slots.getLast().nanos() - slots.getFirst().nanos()).isGreaterThan(SECOND_NANOS * 35 / 100);
    }

    @Test
    void a_limit_that_was_found_falls_once_a_second_and_no_lower_than_one() throws Exception {
        bench.define("provider:p", null);
        Slots worker = bench.worker("p", null, List.of()).call();
        for (int i = 0; i < 10; i++) {
            Slot _ = slot(worker, 1, null);
        }

        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        // However long the next ones take, they come within its second.
        bench.tables.execute("UPDATE send_rate SET found_at = now() + interval '1 minute'");
        for (int i = 0; i < 4; i++) {
            Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        }
        assertThat(bench.found()).isEqualTo(7);
        bench.tables.execute("UPDATE send_rate SET found_at = now() - interval '1 second', found_per_second = 1.1");
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        assertThat(bench.found()).isEqualTo(1);
    }

    @Test
    void it_grows_slowly_at_first_and_is_gone_after_half_a_minute_in_which_nobody_complained() throws Exception {
        bench.define("provider:p", null);
        Slots worker = bench.worker("p", null, List.of()).call();
        Slot _ = slot(worker, 1, null);
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        worker.follow(bench.brake());
        assertThat(reserve(worker, 10_000)).isLessThan(10);

        assertThat(bench.grown(2)).isBetween(1.0, 1.2);
        assertThat(bench.grown(5)).isBetween(1.4, 1.6);
        assertThat(bench.grown(10)).isBetween(3.0, 4.0);
        bench.tables.execute("UPDATE send_rate SET found_at = now() - interval '20 seconds'");
        assertThat(bench.brake().found()).isTrue();
        bench.tables.execute("UPDATE send_rate SET found_at = now() - interval '30 seconds'");
        worker.follow(bench.brake());

        assertThat(bench.brake().found()).isFalse();
        assertThat(reserve(worker, 10_000)).isEqualTo(10_000);
    }

    @Test
    void a_slot_under_a_limit_that_was_found_is_a_whole_calls() throws Exception {
        bench.define("provider:p", null);
        Slots worker = new Slots(bench.store, new ProviderLimit("p", null, Set.of(), 100), System::nanoTime);
        claimed(worker, 2_000, 20);
        for (int i = 0; i < 20; i++) {
            Slot _ = slot(worker, 100, null);
        }
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);
        worker.follow(bench.brake());

        int reserved = reserve(worker, 250);
        Slot first = slot(worker, 100, null);
        Slot second = slot(worker, 100, null);

        assertThat(bench.found()).isEqualTo(14);
        assertThat(worker.callSizeMax()).isEqualTo(Integer.MAX_VALUE);
        assertThat(reserved).isBetween(200, 250);
        assertThat(second.nanos() - first.nanos()).isBetween(SECOND_NANOS / 20, SECOND_NANOS);
    }

    @Test
    void what_shares_no_calls_is_not_claimed_as_if_it_did_under_a_limit_that_was_found() throws Exception {
        bench.define("provider:p", null);
        Slots worker = new Slots(bench.store, new ProviderLimit("p", null, Set.of(), 1_000), System::nanoTime);
        claimed(worker, 20, 20);
        for (int i = 0; i < 20; i++) {
            Slot _ = slot(worker, 1, null);
        }
        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        // Three slots at the most come within the horizon; as many again, should they fit into the same calls.
        try (Grant grant = worker.reserve(1_000, 100)) {
            assertThat(bench.found()).isEqualTo(14);
            assertThat(grant.messages()).isBetween(2, 6);
            grant.becomes(grant.messages(), grant.messages());
        }
        // Half of them have no slot yet, and come first.
        assertThat(reserve(worker, 1_000)).isZero();
    }

    @Test
    void what_turns_out_to_share_calls_is_claimed_more_and_more_at_once() throws Exception {
        bench.define("provider:p", null);
        Slots worker = new Slots(bench.store, new ProviderLimit("p", null, Set.of(), 1_000), System::nanoTime);
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
        bench.define("provider:p", null);
        Slots worker = bench.worker("p", null, List.of()).call();
        for (int i = 0; i < 50; i++) {
            Slot _ = slot(worker, 1, null);
        }

        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        assertThat(reserve(worker, 10_000)).isLessThan(20);
    }

    @Test
    void a_limit_is_found_of_what_was_done_before_too_fast_was_heard_late_and_after_the_rest_it_asked_for()
            throws Exception {
        bench.define("provider:p", null);
        long[] aheadNanos = {0};
        Slots worker = new Slots(bench.store, limit("p", null, List.of()), () -> System.nanoTime() + aheadNanos[0]);
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

        assertThat(bench.found()).isEqualTo(35);
        assertThat(slots.getFirst().nanos() - heardNanos).isGreaterThanOrEqualTo(SECOND_NANOS * 4 / 10);
        assertThat(slots.getLast().nanos() - slots.getFirst().nanos()).isGreaterThan(SECOND_NANOS * 40 / 100);
    }

    @Test
    void a_limit_of_the_file_is_not_replaced_by_one_that_was_found() throws Exception {
        bench.define("provider:p", 100.0);
        Slots worker = bench.worker("p", 100.0, List.of()).call();

        Void _ = worker.slowDown(null, Duration.ZERO).await(5, TimeUnit.SECONDS);

        assertThat(bench.brake().found()).isFalse();
    }
}
