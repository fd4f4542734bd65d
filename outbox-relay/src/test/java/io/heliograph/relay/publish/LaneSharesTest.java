package io.heliograph.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaneSharesTest {
    private static final QueueKey CRITICAL = new QueueKey(Lane.CRITICAL, "sms");
    private static final QueueKey NORMAL = new QueueKey(Lane.NORMAL, "sms");
    private static final QueueKey BULK = new QueueKey(Lane.BULK, "sms");
    private static final List<QueueKey> ALL = List.of(CRITICAL, NORMAL, BULK);

    @Test
    void a_hungry_queue_alone_has_the_whole_round() {
        assertThat(rowsMax(BULK, Set.of(BULK))).isEqualTo(2_100);
    }

    @Test
    void a_queue_that_was_not_hungry_gets_its_share_beside_one_that_was() {
        assertThat(rowsMax(CRITICAL, Set.of(BULK))).isEqualTo(1_600);
        assertThat(rowsMax(NORMAL, Set.of(BULK))).isEqualTo(400);
    }

    @Test
    void hungry_queues_share_by_weight() {
        Set<QueueKey> hungry = Set.of(CRITICAL, NORMAL, BULK);

        assertThat(rowsMax(CRITICAL, hungry)).isEqualTo(1_600);
        assertThat(rowsMax(NORMAL, hungry)).isEqualTo(400);
    }

    @Test
    void the_smallest_share_is_an_envelope() {
        Set<QueueKey> hungry = Set.of(CRITICAL, NORMAL, BULK);

        assertThat(LaneShares.rowsMax(BULK, ALL, hungry, 1_000)).isEqualTo(100);
    }

    private static int rowsMax(QueueKey key, Set<QueueKey> hungry) {
        return LaneShares.rowsMax(key, ALL, hungry, 2_100);
    }
}
