package io.heliograph.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void counts_many_keys_from_many_threads_exactly() {
        AtomicLong sequence = new AtomicLong();
        int keys = 50_000;

        IntStream.range(0, 4 * keys).parallel().forEach(i -> {
            Key key = Key.of("+1500" + (1_000_000 + i % keys));
            tally.add(key, Provider.TWILIO, i % 2 == 0, sequence.incrementAndGet(), previous -> {});
        });

        assertThat(tally.keys()).isEqualTo(keys);
        List<Tally.Count> counts = new ArrayList<>();
        tally.forEach((_, count) -> counts.add(count));
        assertThat(counts).hasSize(keys).allMatch(count -> count.received() == 4);
        assertThat(counts.stream().mapToLong(Tally.Count::accepted).sum()).isEqualTo(2L * keys);
        assertThat(tally.acceptedMoreThanOnce()).isEqualTo(keys / 2);
    }

    @Test
    void remembers_the_newest_and_gives_away_the_one_before() {
        Key key = Key.of("+15005550010");
        AtomicLong previous = new AtomicLong(-1);

        tally.add(key, Provider.PLIVO, true, 5, previous::set);
        assertThat(previous).hasValue(0);

        tally.add(key, Provider.PLIVO, true, 9, previous::set);
        assertThat(previous).hasValue(5);
        assertThat(tally.count(key)).isEqualTo(new Tally.Count(2, 2, 9, Provider.PLIVO.bit()));
        assertThat(tally.count(Key.of("+15005550011"))).isEqualTo(Tally.Count.NONE);
    }

    @Test
    void knows_who_accepted_what_and_who_did_so_again() {
        Key both = Key.of("+15005550010");
        Key twice = Key.of("+15005550011");
        Key refused = Key.of("+15005550012");

        tally.add(both, Provider.TWILIO, true, 1, _ -> {});
        tally.add(both, Provider.PLIVO, true, 2, _ -> {});
        tally.add(both, Provider.PLIVO, false, 3, _ -> {});
        tally.add(twice, Provider.TEXTLOCAL, true, 4, _ -> {});
        tally.add(twice, Provider.TEXTLOCAL, true, 5, _ -> {});
        tally.add(twice, Provider.TEXTLOCAL, true, 6, _ -> {});
        tally.add(refused, Provider.TWILIO, false, 7, _ -> {});

        assertThat(tally.acceptedMoreThanOnce()).isEqualTo(2);
        assertThat(tally.acceptedBySeveral()).isEqualTo(1);
        assertThat(tally.repeatedBy(Provider.TWILIO)).isZero();
        assertThat(tally.repeatedBy(Provider.PLIVO)).isZero();
        assertThat(tally.repeatedBy(Provider.TEXTLOCAL)).isEqualTo(1);
        assertThat(Provider.words(tally.count(both).acceptedBy())).containsExactly("twilio", "plivo");
        assertThat(tally.count(both).lastSequence()).isEqualTo(3);
        assertThat(tally.count(refused).acceptedBy()).isZero();
    }
}
