package io.heliograph.gateway.booking.symptoms;

import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.gateway.booking.hearing.SymptomTable.Meaning;
import io.vertx.core.Future;
import java.util.List;

/** Tells which kinds of doctor a text speaks for. */
public interface Symptoms {
    Future<Meaning> meaning(long accountId, Told told);

    /**
     * What a person has said, and in answer to what.
     *
     * @param kinds those of the doctors that the account has; where there are none, nobody is asked who has to think
     * @param forgives whether a word that is one slip away from an urgent one is urgent: not where people say who they are
     */
    record Told(Said said, List<String> kinds, boolean forgives) {
        public Told {
            kinds = List.copyOf(kinds);
        }
    }

    /** What the account calls a kind of doctor, as symptoms lead to it. */
    Future<String> kind(long accountId, String specialisation);
}
