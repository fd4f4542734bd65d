package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void goes_on_at_once_while_there_is_work() {
        try (Loop _ = Loop.start("busy", LONG, LONG, () -> rounds.incrementAndGet() < 1_000 ? 1 : 0)) {
            await().until(() -> rounds.get() == 1_000);
        }
    }

    @Test
    void rests_while_there_is_none() {
        try (Loop _ = Loop.start("idle", LONG, LONG, () -> {
            rounds.incrementAndGet();
            return 0;
        })) {
            await().until(() -> rounds.get() == 1);
        }

        assertThat(rounds).hasValue(1);
    }

    @Test
    void rests_after_each_round_when_it_runs_by_the_clock() {
        try (Loop _ = Loop.every("by the clock", LONG, rounds::incrementAndGet)) {
            await().until(() -> rounds.get() == 1);
        }

        assertThat(rounds).hasValue(1);
    }

    @Test
    void goes_on_after_a_failure() {
        try (Loop _ = Loop.start("failing", SHORT, SHORT, () -> {
            if (rounds.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return 0;
        })) {
            await().until(() -> rounds.get() > 3);
        }
    }

    @Test
    void goes_on_after_an_error() {
        try (Loop _ = Loop.start("erring", SHORT, SHORT, () -> {
            if (rounds.incrementAndGet() < 3) {
                throw new NoClassDefFoundError("not yet");
            }
            return 0;
        })) {
            await().until(() -> rounds.get() > 3);
        }
    }

    @Test
    void lets_the_round_that_runs_come_to_its_end_before_it_is_closed() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Loop loop = Loop.start("slow", LONG, LONG, () -> {
            began.countDown();
            mayEnd.await();
            ended.set(true);
            return 0;
        });

        began.await();
        Thread closing = Thread.ofVirtual().start(loop::close);
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(ended).isFalse();
        mayEnd.countDown();
        closing.join();

        assertThat(ended).isTrue();
    }

    @Test
    void starts_no_round_after_it_was_closed() {
        Loop loop = Loop.start("closed", SHORT, SHORT, rounds::incrementAndGet);
        await().until(() -> rounds.get() > 0);

        loop.close();
        int roundsAtClose = rounds.get();

        await().during(Duration.ofMillis(50)).until(() -> rounds.get() == roundsAtClose);
    }
}
