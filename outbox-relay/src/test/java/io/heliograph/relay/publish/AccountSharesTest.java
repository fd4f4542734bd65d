package io.heliograph.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountSharesTest {
    private static final QueueKey QUEUE = new QueueKey(Lane.NORMAL, "twilio");
    private static final Line BIG = new Line(QUEUE, 1);
    private static final Line ALSO_BIG = new Line(QUEUE, 2);
    private static final Line SMALL = new Line(QUEUE, 3);
    private static final List<Line> ALL = List.of(BIG, ALSO_BIG, SMALL);

    @Test
    void one_account_alone_has_all_of_it() {
        assertThat(AccountShares.rowsMax(BIG, List.of(BIG), Set.of(), 2_000)).isEqualTo(2_000);
    }

    @Test
    void those_that_want_more_share_it_and_one_that_has_little_has_room_for_it() {
        Set<Line> hungry = Set.of(BIG, ALSO_BIG);

        assertThat(AccountShares.rowsMax(BIG, ALL, hungry, 2_000)).isEqualTo(1_000);
        assertThat(AccountShares.rowsMax(SMALL, ALL, hungry, 2_000)).isEqualTo(666);
    }

    @Test
    void nobody_is_left_out_however_little_there_is() {
        assertThat(AccountShares.rowsMax(SMALL, ALL, Set.of(BIG), 1)).isEqualTo(1);
    }
}
