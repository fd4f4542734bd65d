package io.heliograph.journeys;

import static io.heliograph.journeys.ExactlyOnce.awaitAllDelivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.LogGuard;
import io.heliograph.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker may die and forget; what was accepted is delivered all the same, by itself. */
@ParameterizedClass
@EnumSource(BrokerKind.class)
class BrokerLossTest {
    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private final BrokerKind kind;

    BrokerLossTest(BrokerKind kind) {
        this.kind = kind;
    }

    @Test
    void everything_arrives_once_though_the_broker_is_killed_and_then_wiped_under_load() throws Exception {
        try (TestBroker broker = kind.fresh();
                House house = House.withGateway(TestDatabase.fresh(), broker.url(), Map.of())) {
            var _ = house.startRelay();
            var _ = house.startWorker();

            try (Load load = Load.start(house.api(), 4)) {
                load.awaitAccepted(100);
                broker.kill();
                load.awaitAccepted(100);
                broker.startAgain();
                load.awaitAccepted(100);
                broker.killAndWipe();
                load.awaitAccepted(100);
                broker.startAgain();
                load.awaitAccepted(100);
            }

            awaitAllDelivered(house);
            assertThat(house.rows().count("SELECT count(*) FROM message")).isGreaterThanOrEqualTo(500);
        }
    }
}
