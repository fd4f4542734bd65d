package io.heliograph.worker.provider;

/** How soon, and how often, a message that was not taken is tried again. */
public enum Pace {
    /** Nothing left this house: the claim was too old, or the provider is paused. Not counted as a try. */
    NOT_TRIED,
    /** The provider could not be reached, or does not let us in. It is the outage that has to end, not the message. */
    AWAY,
    /** The provider answered that it is busy. */
    BUSY,
    /** The call was refused for the sake of another message in it. Tried again soon, in a call of its own. */
    APART,
    /** The provider answered with something that passes in minutes or hours: a full queue, a daily cap. */
    MUCH_LATER
}
