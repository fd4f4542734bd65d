package io.heliograph.broker;

import io.heliograph.runtime.BrokerUrl;
import io.heliograph.runtime.Environment;

/** Where the broker is and how our queues are declared there. */
public record BrokerSettings(BrokerUrl url, QueueType queueType) {
    /**
     * A queue keeps the type that it was first declared with. Quorum queues survive the loss of a node in a cluster;
     * classic ones are faster, and enough for one node.
     */
    public enum QueueType {
        CLASSIC,
        QUORUM
    }

    private static final String QUEUE_TYPE = "HELIOGRAPH_QUEUE_TYPE";

    public static BrokerSettings read(Environment environment) {
        return new BrokerSettings(
                environment.brokerUrl("HELIOGRAPH_BROKER_URL", "amqp://guest:guest@localhost:5672/"),
                queueType(environment));
    }

    private static QueueType queueType(Environment environment) {
        String word = environment.text(QUEUE_TYPE, "classic");
        return switch (word) {
            case "classic" -> QueueType.CLASSIC;
            case "quorum" -> QueueType.QUORUM;
            default -> {
                environment.mistake(QUEUE_TYPE, "wants classic or quorum, got \"" + word + "\"");
                yield QueueType.CLASSIC;
            }
        };
    }
}
