package io.heliograph.gateway.booking.talk;

/** What became of an action. */
public sealed interface Outcome {
    record Done(String bookingId) implements Outcome {}

    /** Somebody else has the time. */
    record Taken() implements Outcome {}

    /** So many hours ahead it would have been possible. */
    record TooLate(int hours) implements Outcome {}

    /** The visit is not what it was: cancelled, or over. */
    record Gone() implements Outcome {}

    record Refused() implements Outcome {}
}
