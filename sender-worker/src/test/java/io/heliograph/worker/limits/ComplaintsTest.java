package io.heliograph.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private final AtomicLong nanos = new AtomicLong(-1);
    private final Complaints complaints = new Complaints(nanos::get);

    @Test
    void the_first_is_said_at_once() {
        assertThat(complaints.another()).isEqualTo(1);
    }

    @Test
    void all_others_of_its_second_are_counted_and_said_after_it() {
        int _ = complaints.another();

        assertThat(IntStream.range(0, 1_000).map(_ -> complaints.another())).containsOnly(0);
        nanos.addAndGet(1_000_000_000);
        assertThat(complaints.another()).isEqualTo(1_001);
        assertThat(complaints.another()).isZero();
    }
}
