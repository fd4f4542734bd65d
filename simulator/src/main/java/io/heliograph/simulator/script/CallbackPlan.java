package io.heliograph.simulator.script;

import java.util.Map;

/**
 * Which status callbacks are made for a message, in which order and how often. Twilio is not of one mind about telling
 * of {@code sending}, so that is a choice.
 */
public record CallbackPlan(
        Which which,
        boolean sending,
        boolean reversed,
        boolean early,
        int copies,
        boolean wronglySigned,
        Map<String, String> extraParameters,
        Latency delay) {
    /** Which changes of status are told. */
    public enum Which {
        ALL,
        LAST,
        NONE
    }

    /** Real Twilio takes a moment too; so the create's answer is normally there before the first callback. */
    public static final CallbackPlan NORMAL =
            new CallbackPlan(Which.ALL, false, false, false, 1, false, Map.of(), new Latency.Fixed(20));
}
