package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueuesTest {
    @Test
    void names_a_queue_for_each_lane_of_a_topic_the_critical_one_first() {
        assertThat(Queues.of("twilio"))
                .containsExactly("heliograph.twilio.critical", "heliograph.twilio.normal", "heliograph.twilio.bulk");
    }
}
