package io.heliograph.gateway.booking.talk;

import java.util.List;

/** What a turn comes to. */
public sealed interface Next {
    /** It is answered: this is said, these are offered, and here the conversation stands then. */
    record Say(Talk talk, String text, List<Choice> choices) implements Next {
        public Say {
            choices = List.copyOf(choices);
        }

        /** Not what is said. */
        @Override
        public String toString() {
            return "say at " + talk.stage();
        }
    }

    /** First it has to be known when this doctor is free. */
    record LookUp(String doctorId) implements Next {}

    /** First this has to be done. */
    record Do(Action action) implements Next {}
}
