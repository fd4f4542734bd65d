package io.heliograph.simulator.callbacks;

/** How a call to a customer ended. */
public sealed interface CallEnd {
    /** With any HTTP status, and the body when somebody asked for it. */
    record Answered(int status, String contentType, String body) implements CallEnd {}

    /** {@code ct}: no connection; {@code rt}: no answer in time, or the connection broke. */
    record Failed(String why) implements CallEnd {}

    /** Not made: the queue was full, or a reset came first. */
    record Dropped() implements CallEnd {}
}
