package io.heliograph.journeys;

import static io.heliograph.journeys.ExactlyOnce.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.relay.Relay;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.LogGuard;
import io.heliograph.testing.PrivateRabbit;
import io.heliograph.testing.TestDatabase;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Between the update that moves a promise on and the broker's confirm lies a moment in which nobody has it but its row. */
class RelayKilledTest {
    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    @Test
    void a_message_whose_relay_died_before_the_confirm_is_published_again() throws Exception {
        try (PrivateRabbit rabbit = PrivateRabbit.start();
                House house = House.withGateway(TestDatabase.fresh(), rabbit.url(), Map.of())) {
            var _ = house.startWorker();
            ChildJvm relay = house.startChild(Relay.class);
            // One that is ready may not know yet how full the queues are, and waits till then.
            house.api().awaitStatus(house.api().send(Numbers.next(), House.TEXT), "delivered");

            rabbit.freeze();
            String id = house.api().send(Numbers.next(), House.TEXT);
            Awaitility.await()
                    .until(() -> house.rows()
                                    .count("SELECT coalesce(max(publishes), 0) FROM outbox WHERE message_id = '" + id
                                            + "'")
                            == 1);
            relay.killHard();
            rabbit.wipe();
            rabbit.startAgain();
            var _ = house.startRelay();

            house.api().awaitStatus(id, "delivered");
            awaitDelivered(house, 2);
            assertThat(relay.output()).doesNotContain(Numbers.PREFIX, House.TEXT);
        }
    }
}
