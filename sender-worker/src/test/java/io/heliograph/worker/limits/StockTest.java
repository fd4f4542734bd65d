package io.heliograph.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static Slot slot() {
        return new Slot(NOW, NOW, null);
    }
}
