package io.heliograph.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.providers.Breaker;
import io.heliograph.worker.testing.FakeClocks;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlownessTest {
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration A_LITTLE = Duration.ofMillis(1);

    private final FakeClocks clocks = new FakeClocks();
    private final Slowness slowness =
            new Slowness("twilio", new Breaker(50, 20, Duration.ofSeconds(10), SLOW, 50), 64, clocks::nanos);

    @Test
    void is_not_seen_in_calls_that_take_long_but_not_too_long() {
        answered(100, SLOW.minus(A_LITTLE));

        assertThat(slowness.notice()).isFalse();
    }

    @Test
    void is_seen_once_when_so_many_of_the_last_calls_were_slow() {
        answered(10, A_LITTLE);
        answered(9, SLOW.plus(A_LITTLE));
        assertThat(slowness.notice()).isFalse();

        answered(1, SLOW.plus(A_LITTLE));

        assertThat(slowness.notice()).isTrue();
        assertThat(slowness.notice()).isFalse();
    }

    @Test
    void is_seen_again_when_as_many_were_slow_again() {
        answered(20, SLOW.plus(A_LITTLE));
        assertThat(slowness.notice()).isTrue();

        answered(20, SLOW.plus(A_LITTLE));

        assertThat(slowness.notice()).isTrue();
    }

    @Test
    void is_seen_in_calls_that_hang_before_they_have_ended() {
        answered(20, A_LITTLE);
        List<Slowness.Call> calls = begun(3);
        clocks.pass(SLOW);
        assertThat(slowness.hangs()).isFalse();

        clocks.pass(A_LITTLE);

        assertThat(slowness.hangs()).isTrue();
        assertThat(slowness.notice()).isTrue();
        calls.forEach(call -> slowness.end(call, false));
        assertThat(slowness.hangs()).isFalse();
    }

    @Test
    void is_not_seen_in_some_calls_that_hang_while_others_are_answered() {
        List<Slowness.Call> _ = begun(10);
        clocks.pass(SLOW);
        answered(1, A_LITTLE);

        assertThat(slowness.hangs()).isFalse();
    }

    @Test
    void is_seen_in_calls_that_hang_while_others_fail_at_once() {
        List<Slowness.Call> _ = begun(10);
        clocks.pass(SLOW);
        slowness.end(slowness.begin(), false);
        clocks.pass(A_LITTLE);

        assertThat(slowness.hangs()).isTrue();
    }

    @Test
    void is_seen_in_the_only_call_that_a_provider_takes_at_once() {
        Slowness alone =
                new Slowness("twilio", new Breaker(50, 20, Duration.ofSeconds(10), SLOW, 50), 1, clocks::nanos);
        Slowness.Call _ = alone.begin();

        clocks.pass(SLOW.plus(A_LITTLE));

        assertThat(alone.hangs()).isTrue();
    }

    private List<Slowness.Call> begun(int count) {
        return IntStream.range(0, count).mapToObj(_ -> slowness.begin()).toList();
    }

    /** One after the other. */
    private void answered(int count, Duration each) {
        for (int i = 0; i < count; i++) {
            Slowness.Call call = slowness.begin();
            clocks.pass(each);
            slowness.end(call, true);
        }
    }
}
