package io.heliograph.journeys;

import io.heliograph.runtime.BrokerUrl;
import io.heliograph.standalone.embedded.EmbeddedBroker;
import io.heliograph.testing.PrivateRabbit;

/** What every journey is made on: the embedded broker, and the one for more than one machine. */
enum BrokerKind {
    QPID,
    RABBITMQ;

    /** One for all journeys that do it no harm. */
    BrokerUrl shared() {
        return switch (this) {
            case QPID -> SharedQpid.BROKER.url();
            case RABBITMQ -> PrivateRabbit.shared().url();
        };
    }

    /** One of the journey's own. */
    TestBroker fresh() {
        return switch (this) {
            case QPID -> new TestBroker.Qpid(EmbeddedBroker.start());
            case RABBITMQ -> new TestBroker.Rabbit(PrivateRabbit.start());
        };
    }

    /** Started at first use. */
    private static final class SharedQpid {
        private static final EmbeddedBroker BROKER = EmbeddedBroker.start();
    }
}
