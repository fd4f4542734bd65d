package io.heliograph.bench.load;

/** When requests are due. */
public sealed interface Pace {
    /** The next one as soon as a connection is free: finds what the other side can do at the most. */
    record AsFastAsAnswered() implements Pace {}

    /**
     * So many a second, whatever the answers do. A request that could not be sent in time counts from when it should
     * have been: no coordinated omission.
     */
    record PerSecond(double requests) implements Pace {}
}
