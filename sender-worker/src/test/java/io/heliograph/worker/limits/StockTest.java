package io.heliograph.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StockTest {
    private static final long NOW = 1_000;

    private final Stock stock = new Stock();

    @Test
    void keeps_what_the_urgent_lack_from_all_others() {
        int none = stock.promiseFirst(1, NOW + 100);
        stock.add(slot());
        stock.add(slot());

        assertThat(none).isZero();
        assertThat(stock.promise(2, NOW)).isOne();
        assertThat(stock.promiseFirst(1, NOW + 100)).isOne();
    }

    @Test
    void keeps_it_for_so_long_and_no_longer() {
        int _ = stock.promiseFirst(1, NOW + 100);
        stock.add(slot());

        assertThat(stock.promise(1, NOW + 99)).isZero();
        assertThat(stock.promise(1, NOW + 100)).isOne();
    }

    @Test
    void keeps_nothing_more_once_the_urgent_have_it() {
        int _ = stock.promiseFirst(1, NOW + 100);
        stock.add(slot());
        stock.add(slot());
        int served = stock.promiseFirst(1, NOW + 100);

        assertThat(served).isOne();
        assertThat(stock.promise(1, NOW)).isOne();
    }

    @Test
    void gives_as_many_as_are_wanted_in_their_order_or_none() {
        Slot first = slot(NOW);
        Slot second = slot(NOW + 1);
        stock.add(first);
        stock.add(second);

        assertThat(stock.take(3)).isEmpty();
        assertThat(stock.take(1)).containsExactly(first);
        stock.putBack(List.of(first));
        assertThat(stock.take(2)).containsExactly(first, second);
    }

    @Test
    void counts_as_missed_what_somebody_was_to_come_for_and_not_what_was_spare() {
        for (int i = 0; i < 5; i++) {
            stock.add(slot());
        }
        int promised = stock.promise(2, NOW);

        assertThat(promised).isEqualTo(2);
        assertThat(stock.dropMissed(NOW)).isZero();
        assertThat(stock.dropMissed(NOW + 1)).isEqualTo(2);
        assertThat(stock.size()).isZero();
    }

    private static Slot slot() {
        return slot(NOW);
    }

    private static Slot slot(long nanos) {
        return new Slot(nanos, nanos, null);
    }
}
