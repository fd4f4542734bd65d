package io.heliograph.gateway.booking.talk;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** First it has to be known when a doctor is free. */
    sealed interface LookUp extends Next {
        String doctorId();
    }

    /** The first free times of the next few days that have any; null: from today on, else of days after this one. */
    record FreeDays(String doctorId, @Nullable LocalDate after) implements LookUp {
        public static final int DAYS_MAX = 3;
    }

    /** All free times of a day. */
    record FreeTimes(String doctorId, LocalDate day) implements LookUp {}

    /** First this has to be done. */
    record Do(Action action) implements Next {}
}
