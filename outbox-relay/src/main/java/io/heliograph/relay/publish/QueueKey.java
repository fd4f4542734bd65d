package io.heliograph.relay.publish;

import io.heliograph.contract.Lane;
import io.heliograph.contract.Queues;

/** What is published together: one lane of one topic, which is one queue on the broker. */
record QueueKey(Lane lane, String topic) {
    static QueueKey of(String lane, String topic) {
        return new QueueKey(Lane.of(lane), topic);
    }

    String queue() {
        return Queues.name(topic, lane);
    }
}
