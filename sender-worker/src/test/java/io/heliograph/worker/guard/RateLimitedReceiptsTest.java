package io.heliograph.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.limits.ProviderLimit;
import io.heliograph.worker.limits.RateStore;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.ReceiptSource;
import io.heliograph.worker.provider.ReceiptSource.Told;
import io.heliograph.worker.provider.SendBy;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions for receipts and the fleet's slots, which a real PostgreSQL leases. */
class RateLimitedReceiptsTest {
    private static final Told DELIVERED = new Told.Status("delivered", null);

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Pool pool = Database.pool(vertx, database, "test", 2);
    private final RateStore store = new RateStore(pool);
    private final AtomicLong aheadNanos = new AtomicLong();
    private final List<SendBy> asked = new ArrayList<>();
    private final SendBy.Clocks clocks = new SendBy.Clocks() {
        @Override
        public long nanos() {
            return System.nanoTime() + aheadNanos.get();
        }

        @Override
        public long wallMillis() {
            return 0;
        }
    };

    @AfterEach
    void stop() throws Exception {
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void a_question_takes_a_slot_as_a_message_does() throws Exception {
        define(10.0);
        long stopped = System.nanoTime();
        Slots few = new Slots(store, limit(10.0), () -> stopped);
        int reserved = few.reserve(2, 2).messages();
        few.release(2);

        assertThat(receipts(few).receiptOf("SM1", null)).isEqualTo(DELIVERED);

        assertThat(reserved).isEqualTo(2);
        assertThat(few.reserve(2, 2).messages()).isEqualTo(1);
    }

    @Test
    void a_question_must_leave_by_the_end_of_its_slot_and_else_takes_another_one() throws Exception {
        define(100.0);
        Slots slots = slots(100.0);
        ReceiptSource late = (id, sendBy) -> {
            asked.add(Objects.requireNonNull(sendBy));
            aheadNanos.addAndGet(Duration.ofMillis(100).toNanos());
            return asked.size() < 3 && asked.getLast().hasPassed() ? Told.TOO_LATE : DELIVERED;
        };

        assertThat(new RateLimitedReceipts(late, slots, clocks).receiptOf("SM1", null))
                .isEqualTo(DELIVERED);
        assertThat(asked).hasSize(3);
        assertThat(slots.missed()).isEqualTo(2);
    }

    @Test
    void without_a_slot_nothing_is_asked() {
        // Nobody has defined this limit. Half a second passes with each look at the clock.
        AtomicLong nanos = new AtomicLong();
        Slots none = new Slots(store, limit(10.0), () -> nanos.addAndGet(500_000_000));

        assertThat(receipts(none).receiptOf("SM1", null)).isEqualTo(new Told.Unavailable("rate_limited"));
        assertThat(asked).isEmpty();
    }

    @Test
    void questions_wait_for_as_long_as_messages_lack_slots() throws Exception {
        define(10.0);
        Slots slots = slots(10.0);
        ReceiptSource receipts = receipts(slots);
        assertThat(receipts.hasToWait()).isFalse();

        assertThat(slots.reserve(20, 20).messages()).isLessThan(20);
        assertThat(receipts.hasToWait()).isTrue();
        aheadNanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(receipts.hasToWait()).isFalse();
    }

    /** What they lack then is places. */
    @Test
    void questions_do_not_wait_where_the_limit_is_far() throws Exception {
        define(1_000.0);
        Slots slots = slots(1_000.0);

        assertThat(slots.reserve(50, 1).messages()).isLessThan(50);

        assertThat(receipts(slots).hasToWait()).isFalse();
    }

    private void define(double perSecond) throws Exception {
        Void _ = store.define(Map.of("provider:p", perSecond), 0).await(5, TimeUnit.SECONDS);
    }

    private Slots slots(double perSecond) {
        return new Slots(store, limit(perSecond), clocks::nanos);
    }

    private static ProviderLimit limit(double perSecond) {
        return new ProviderLimit("p", perSecond, Set.of(), 1);
    }

    private ReceiptSource receipts(Slots slots) {
        ReceiptSource source = (id, sendBy) -> {
            asked.add(Objects.requireNonNull(sendBy));
            return DELIVERED;
        };
        return new RateLimitedReceipts(source, slots, clocks);
    }
}
