package io.heliograph.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.testing.FakeClocks;
import io.heliograph.worker.testing.FakeProvider;
import io.heliograph.worker.testing.Outgoings;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardsTest {
    private static final Duration QUARTER = Duration.ofSeconds(15);

    private final FakeProvider provider = new FakeProvider();
    private final FakeClocks clocks = new FakeClocks();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        var _ = threads.shutdownNow();
    }

    @Test
    void sends_on_a_fresh_claim() {
        Outgoing fresh = claimedNow();
        clocks.pass(QUARTER);

        assertThat(freshOnly().send(List.of(fresh)).getFirst()).isInstanceOf(Accepted.class);
    }

    @Test
    void gives_back_unsent_what_a_frozen_process_wakes_up_with() {
        Outgoing old = claimedNow();
        clocks.pass(QUARTER.plusMillis(1));

        assertThat(freshOnly().send(List.of(old)).getFirst()).isInstanceOfSatisfying(TryLater.class, later -> {
            assertThat(later.code()).isEqualTo("claim_too_old");
            assertThat(later.pace()).isEqualTo(Pace.NOT_TRIED);
        });
        assertThat(provider.sent()).isEmpty();
    }

    @Test
    void notices_a_sleep_that_stopped_the_monotonic_clock() {
        Outgoing old = claimedNow();
        clocks.passOnTheWall(QUARTER.plusMillis(1));

        assertThat(freshOnly().send(List.of(old)).getFirst()).isInstanceOf(TryLater.class);
    }

    @Test
    void is_not_deceived_by_a_wall_clock_that_is_set_back() {
        Outgoing old = claimedNow();
        clocks.passOnTheMonotonicClock(QUARTER.plusMillis(1));
        clocks.passOnTheWall(Duration.ofHours(-1));

        assertThat(freshOnly().send(List.of(old)).getFirst()).isInstanceOf(TryLater.class);
    }

    @Test
    void sends_the_fresh_ones_of_a_call_and_keeps_the_order() {
        Outgoing old = claimedNow();
        clocks.pass(QUARTER.plusMillis(1));
        Outgoing fresh = claimedNow();

        List<Outcome> outcomes = freshOnly().send(List.of(fresh, old));

        assertThat(outcomes.getFirst()).isEqualTo(new Accepted("id-" + fresh.id()));
        assertThat(outcomes.getLast()).isInstanceOf(TryLater.class);
        assertThat(provider.sent()).containsExactly(fresh);
    }

    /** A call is named after its first message, and its receipts are awaited under that name. */
    @Test
    void gives_back_a_whole_call_whose_first_is_too_old() {
        Outgoing old = claimedNow();
        clocks.pass(QUARTER.plusMillis(1));
        Outgoing fresh = claimedNow();

        assertThat(freshOnly().send(List.of(old, fresh))).hasOnlyElementsOfType(TryLater.class);
        assertThat(provider.sent()).isEmpty();
    }

    /** A provider has defaults, which a guard that forgets to ask would answer with. */
    @Test
    void hands_on_everything_that_it_does_not_guard() {
        List<String> answers = Arrays.stream(Guard.class.getDeclaredMethods())
                .map(Method::getName)
                .toList();

        assertThat(Provider.class.getMethods())
                .allSatisfy(asked -> assertThat(answers).contains(asked.getName()));
    }

    @Test
    void begins_nothing_once_the_worker_is_stopping() {
        stopping.set(true);

        assertThat(freshOnly().send(List.of(claimedNow())).getFirst()).isInstanceOf(TryLater.class);
        assertThat(freshOnly().find(claimedNow())).isInstanceOf(LookUp.Unavailable.class);
        assertThat(provider.sent()).isEmpty();
    }

    @Test
    void leaves_a_provider_alone_that_loses_answers() {
        Provider broken = new CircuitBroken(provider, breaker(), _ -> false);
        provider.answer(outgoing -> new Unknown("answer_lost"));
        send(broken, 4);

        Outcome outcome = broken.send(List.of(claimedNow())).getFirst();

        assertThat(outcome).isEqualTo(new TryLater("provider_paused", Reason.PROVIDER_PAUSED, Pace.NOT_TRIED));
        assertThat(broken.find(claimedNow())).isEqualTo(new LookUp.Unavailable("provider_paused"));
        assertThat(provider.sent()).hasSize(4);
    }

    @Test
    void leaves_a_provider_alone_that_cannot_be_reached() {
        Provider broken = new CircuitBroken(provider, breaker(), _ -> false);
        provider.answer(outgoing -> new TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY));
        send(broken, 10);

        assertThat(provider.sent()).hasSize(4);
    }

    @Test
    void does_not_hold_refusals_against_a_provider() {
        Provider broken = new CircuitBroken(provider, breaker(), _ -> false);
        provider.answer(outgoing -> new Refused("21211", Reason.REFUSED_BY_PROVIDER));
        send(broken, 10);

        assertThat(provider.sent()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "APART", "MUCH_LATER"})
    void does_not_hold_it_against_a_provider_that_it_is_busy(Pace pace) {
        Provider broken = new CircuitBroken(provider, breaker(), _ -> false);
        provider.answer(outgoing -> new TryLater("20429", Reason.PROVIDER_BUSY, pace));
        send(broken, 10);

        assertThat(provider.sent()).hasSize(10);
    }

    @Test
    void turns_a_bug_into_an_unknown_outcome() {
        Provider safe = new NeverThrowing(provider);
        provider.answer(outgoing -> {
            throw new IllegalStateException();
        });
        provider.show(lost -> {
            throw new IllegalStateException();
        });

        assertThat(safe.send(List.of(claimedNow(), claimedNow())))
                .containsExactly(new Unknown("provider_failed"), new Unknown("provider_failed"));
        assertThat(safe.find(claimedNow())).isInstanceOf(LookUp.Unavailable.class);
    }

    @Test
    void ends_a_call_that_hangs_as_unknown() {
        Provider limited = new TimeLimited(provider, Duration.ofMillis(100), threads);
        CountDownLatch never = new CountDownLatch(1);
        provider.answer(outgoing -> {
            await(never);
            return new Accepted("too late");
        });
        provider.show(lost -> {
            await(never);
            return new LookUp.Seen(List.of());
        });

        assertThat(limited.send(List.of(claimedNow()))).containsExactly(new Unknown("time_limit"));
        assertThat(limited.find(claimedNow())).isEqualTo(new LookUp.Unavailable("time_limit"));
    }

    @Test
    void lets_no_more_calls_through_at_once_than_it_is_told() throws Exception {
        Bulkhead one = Bulkhead.of(
                "twilio",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(1)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        AtomicInteger givenBack = new AtomicInteger();
        Provider limited = new ConcurrencyLimited(provider, one, 1, () -> false, givenBack::addAndGet);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        provider.answer(outgoing -> {
            inside.countDown();
            await(go);
            return new Accepted("first");
        });
        Future<List<Outcome>> first = threads.submit(() -> limited.send(List.of(claimedNow())));
        inside.await();

        Outcome second = limited.send(List.of(claimedNow())).getFirst();
        go.countDown();

        assertThat(second).isEqualTo(new TryLater("no_turn", Reason.PROVIDER_BUSY, Pace.NOT_TRIED));
        assertThat(givenBack).hasValue(1);
        assertThat(first.get()).containsExactly(new Accepted("first"));
        assertThat(provider.sent()).hasSize(1);
    }

    @Test
    void gives_a_call_back_that_waits_behind_others_that_hang() throws Exception {
        Bulkhead one = Bulkhead.of(
                "twilio",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(1)
                        .maxWaitDuration(Duration.ofMillis(1))
                        .build());
        AtomicBoolean hangs = new AtomicBoolean();
        Provider limited = new ConcurrencyLimited(provider, one, Integer.MAX_VALUE, hangs::get, _ -> {});
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        provider.answer(outgoing -> {
            inside.countDown();
            await(go);
            return new Accepted("first");
        });
        Future<List<Outcome>> first = threads.submit(() -> limited.send(List.of(claimedNow())));
        inside.await();
        Future<List<Outcome>> second = threads.submit(() -> limited.send(List.of(claimedNow())));

        hangs.set(true);

        // The same as of a provider that is left alone, so that it goes to another.
        assertThat(second.get()).containsExactly(new TryLater(TryLater.PAUSED, Reason.PROVIDER_PAUSED, Pace.NOT_TRIED));
        go.countDown();
        assertThat(first.get()).containsExactly(new Accepted("first"));
        assertThat(provider.sent()).hasSize(1);
    }

    private Provider freshOnly() {
        return new FreshOnly(provider, stopping::get);
    }

    private Outgoing claimedNow() {
        return Outgoings.ordinary().sendBy(SendBy.in(QUARTER, clocks)).build();
    }

    private void send(Provider through, int times) {
        IntStream.range(0, times).forEach(i -> {
            List<Outcome> _ = through.send(List.of(claimedNow()));
        });
    }

    private static CircuitBreaker breaker() {
        return CircuitBreaker.of(
                "twilio",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(4)
                        .minimumNumberOfCalls(4)
                        .build());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
