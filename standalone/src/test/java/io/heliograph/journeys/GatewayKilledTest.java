package io.heliograph.journeys;

import static io.heliograph.journeys.ExactlyOnce.awaitAllDelivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.Gateway;
import io.heliograph.runtime.FreePorts;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.LogGuard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway may die at any moment: a 202 was written after the commit, and a repeated request is the same message. */
@ParameterizedClass
@EnumSource(BrokerKind.class)
class GatewayKilledTest {
    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private final BrokerKind kind;

    GatewayKilledTest(BrokerKind kind) {
        this.kind = kind;
    }

    @Test
    void what_it_answered_with_202_is_delivered_once() throws Exception {
        try (House house = House.start(kind.shared())) {
            Map<String, String> port = Map.of("HELIOGRAPH_HTTP_PORT", Integer.toString(FreePorts.next()));
            Api api = house.apiAt(Integer.parseInt(port.get("HELIOGRAPH_HTTP_PORT")));
            ChildJvm gateway = house.startChild(Gateway.class, port);

            List<String> accepted;
            try (Load load = Load.start(api, 8)) {
                load.awaitAccepted(300);
                gateway.killHard();
                load.awaitTrouble();
                ChildJvm _ = house.startChild(Gateway.class, port);
                load.awaitAccepted(100);
                load.close();
                accepted = load.accepted();
            }

            awaitAllDelivered(house);
            assertThat(house.rows().count("SELECT count(*) FROM message")).isEqualTo(accepted.size());
            assertThat(gateway.output()).doesNotContain(Numbers.PREFIX, House.TEXT, House.API_KEY);
        }
    }
}
