package io.heliograph.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Reason;
import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.ledger.Patience;
import io.heliograph.worker.limits.AccountRateStore;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.limits.ProviderLimit;
import io.heliograph.worker.limits.RateStore;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.testing.FakeClocks;
import io.heliograph.worker.testing.FakeProvider;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Outgoings;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call and its slot, which a real PostgreSQL leases. */
class RateLimitedTest {
    private static final Duration LATE = Duration.ofMillis(100);
    private static final Outcome PAUSED = new TryLater(TryLater.SENDER_PAUSED, Reason.PROVIDER_PAUSED, Pace.NOT_TRIED);

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Messages tables = new Messages(database);
    private final Pool pool = Database.pool(vertx, database, "test", 2);
    private final RateStore store = new RateStore(pool);
    private final AccountTurns noLimits =
            new AccountTurns(new AccountRateStore(pool), FleetLimits.NONE, 0, new Patience(), System::nanoTime);
    private final AtomicLong aheadNanos = new AtomicLong();
    private final FakeProvider provider = new FakeProvider();
    private final Slots slots =
            new Slots(store, new ProviderLimit("p", 100.0, Set.of(), 1), () -> System.nanoTime() + aheadNanos.get());
    private final Provider limited = new RateLimited(provider, slots, noLimits, _ -> null, System::nanoTime);

    @BeforeEach
    void define() throws Exception {
        Void _ = store.define(Map.of("provider:p", 100.0), 0).await(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        tables.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void a_call_must_leave_by_the_end_of_its_slot() {
        provider.answer(outgoing -> new Accepted("one"));
        long before = System.nanoTime();

        assertThat(limited.send(List.of(Outgoings.to("+15005550010")))).containsExactly(new Accepted("one"));

        Outgoing sent = provider.sent().getFirst();
        assertThat(sent.sendBy().nanos() - before)
                .isBetween(0L, Duration.ofSeconds(5).toNanos());
    }

    @Test
    void a_call_that_missed_its_slot_gets_another_one() {
        List<Outgoing> late = new ArrayList<>();
        provider.answer(outgoing -> {
            if (late.isEmpty()) {
                late.add(outgoing);
                aheadNanos.addAndGet(LATE.toNanos());
                return TryLater.TOO_LATE;
            }
            return new Accepted("one");
        });

        assertThat(limited.send(List.of(Outgoings.to("+15005550010")))).containsExactly(new Accepted("one"));
        assertThat(provider.sent()).hasSize(2);
        assertThat(slots.missed()).isEqualTo(1);
    }

    @Test
    void a_call_that_misses_every_slot_is_given_back() {
        provider.answer(outgoing -> {
            aheadNanos.addAndGet(LATE.toNanos());
            return TryLater.TOO_LATE;
        });

        assertThat(limited.send(List.of(Outgoings.to("+15005550010"))))
                .singleElement()
                .isInstanceOfSatisfying(
                        TryLater.class, later -> assertThat(later.code()).isEqualTo("rate_limited"));
        assertThat(provider.sent()).hasSize(5);
    }

    @Test
    void a_call_that_missed_its_last_slot_takes_no_other() {
        List<String> next = new ArrayList<>();
        provider.answer(outgoing -> {
            aheadNanos.addAndGet(LATE.toNanos());
            next.add(nextSlot());
            return TryLater.TOO_LATE;
        });

        List<Outcome> _ = limited.send(List.of(Outgoings.to("+15005550010")));

        assertThat(next).hasSize(5).doesNotHaveDuplicates().endsWith(nextSlot());
    }

    @Test
    void a_call_whose_sender_was_found_down_meanwhile_leaves_from_another() {
        AtomicReference<String> well = new AtomicReference<>("+15005550001");
        Provider choosing = new RateLimited(provider, slots, noLimits, _ -> well.get(), System::nanoTime);
        provider.answer(outgoing -> {
            well.set("+15005550002");
            return "+15005550001".equals(outgoing.sender()) ? PAUSED : new Accepted("one");
        });

        assertThat(choosing.send(List.of(Outgoings.to("+15005550010")))).containsExactly(new Accepted("one"));
        assertThat(provider.sent()).extracting(Outgoing::sender).containsExactly("+15005550001", "+15005550002");
    }

    @Test
    void a_call_that_needs_the_sender_that_is_down_is_given_back_at_once() {
        Provider needing = new RateLimited(provider, slots, noLimits, Outgoing::sender, System::nanoTime);
        provider.answer(_ -> PAUSED);
        Outgoing message = Outgoings.ordinary().from("+15005550001").build();

        assertThat(needing.send(List.of(message))).containsExactly(PAUSED);
        assertThat(provider.sent()).hasSize(1);
    }

    @Test
    void a_call_whose_messages_have_to_come_from_different_senders_by_now_is_given_back() {
        Provider choosing = new RateLimited(provider, slots, noLimits, Outgoing::recipient, System::nanoTime);

        assertThat(choosing.send(List.of(Outgoings.to("+15005550010"), Outgoings.to("+15005550012"))))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                TryLater.class,
                                later -> assertThat(later.pace()).isEqualTo(Pace.NOT_TRIED)));
        assertThat(provider.sent()).isEmpty();
    }

    @Test
    void a_look_up_that_is_too_late_has_missed_each_slot_that_it_had() {
        provider.show(_ -> LookUp.TOO_LATE);

        assertThat(limited.find(Outgoings.to("+15005550010"))).isEqualTo(LookUp.TOO_LATE);
        assertThat(slots.missed()).isEqualTo(5);
    }

    @Test
    void a_look_up_whose_claim_has_passed_asks_nothing_and_has_missed_no_slot() {
        AtomicLong asked = new AtomicLong();
        provider.show(_ -> {
            long _ = asked.incrementAndGet();
            return LookUp.TOO_LATE;
        });
        FakeClocks clocks = new FakeClocks();
        SendBy passed = SendBy.in(Duration.ofSeconds(1), clocks);
        clocks.pass(Duration.ofSeconds(2));

        LookUp found = limited.find(Outgoings.ordinary().sendBy(passed).build());

        assertThat(found).isEqualTo(new LookUp.Unavailable("claim_too_old"));
        assertThat(asked).hasValue(0);
        assertThat(slots.missed()).isZero();
    }

    @Test
    void a_look_up_takes_a_slot_as_a_message_does() throws Exception {
        Void _ = store.define(Map.of("provider:p", 10.0), 0).await(5, TimeUnit.SECONDS);
        long stopped = System.nanoTime();
        Slots few = new Slots(store, new ProviderLimit("p", 10.0, Set.of(), 1), () -> stopped);
        provider.show(_ -> new LookUp.Seen(List.of("SM1")));
        int reserved = few.reserve(2, 2).messages();
        few.release(2);

        LookUp found = new RateLimited(provider, few, noLimits, _ -> null, System::nanoTime)
                .find(Outgoings.to("+15005550010"));

        assertThat(reserved).isEqualTo(2);
        assertThat(found).isEqualTo(new LookUp.Seen(List.of("SM1")));
        assertThat(few.reserve(2, 2).messages()).isEqualTo(1);
    }

    @Test
    void without_a_slot_nothing_is_looked_up_and_nothing_sent() {
        // Nobody has defined this limit. Half a second passes with each look at the clock.
        AtomicLong nanos = new AtomicLong();
        Slots none = new Slots(store, new ProviderLimit("q", 10.0, Set.of(), 1), () -> nanos.addAndGet(500_000_000));
        Provider idle = new RateLimited(provider, none, noLimits, _ -> null, System::nanoTime);
        AtomicLong lookedUp = new AtomicLong();
        provider.show(_ -> {
            long _ = lookedUp.incrementAndGet();
            return new LookUp.Seen(List.of("SM1"));
        });

        assertThat(idle.find(Outgoings.to("+15005550010"))).isEqualTo(new LookUp.Unavailable("rate_limited"));
        assertThat(idle.send(List.of(Outgoings.to("+15005550010"))))
                .singleElement()
                .isInstanceOfSatisfying(
                        TryLater.class, later -> assertThat(later.pace()).isEqualTo(Pace.NOT_TRIED));
        assertThat(lookedUp).hasValue(0);
        assertThat(provider.sent()).isEmpty();
    }

    private String nextSlot() {
        return String.valueOf(tables.text("SELECT next_slot_at::text FROM send_rate"));
    }
}
