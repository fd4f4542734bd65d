package io.heliograph.standalone.embedded;

import io.heliograph.broker.BrokerContract;
import io.heliograph.broker.BrokerSettings;
import org.junit.jupiter.api.AfterEach;

/** Our publisher and consumer do on the embedded broker what they do on RabbitMQ. */
class EmbeddedBrokerContractTest extends BrokerContract {
    private final EmbeddedBroker broker = EmbeddedBroker.start();

    @Override
    protected BrokerSettings broker() {
        return new BrokerSettings(broker.url(), BrokerSettings.QueueType.CLASSIC);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }
}
