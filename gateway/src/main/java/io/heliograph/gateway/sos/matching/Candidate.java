package io.heliograph.gateway.sos.matching;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A donor who matches.
 *
 * @param response of one who has been asked before; null for one who has not
 */
record Candidate(String donor, @Nullable UUID response) {
    /** Names nobody. */
    @Override
    public String toString() {
        return "candidate";
    }
}
