package io.heliograph.contract;

import java.util.Arrays;
import java.util.List;

/** The names of the broker's queues: one for each topic and lane, on the default exchange. A topic is a provider. */
public final class Queues {
    private Queues() {}

    public static String name(String topic, Lane lane) {
        return "heliograph." + topic + "." + lane.word();
    }

    /** A topic's, the critical lane first. */
    public static List<String> of(String topic) {
        return Arrays.stream(Lane.values()).map(lane -> name(topic, lane)).toList();
    }
}
