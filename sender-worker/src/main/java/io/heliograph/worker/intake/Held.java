package io.heliograph.worker.intake;

import java.util.UUID;

/** An id in our hands, and the envelope that it came in. Whoever took it has to say what became of it, once. */
public record Held(UUID id, OpenEnvelope envelope) {
    /** Recorded, or somebody else's: nothing is left to do. */
    public void done() {
        envelope.ended(true);
    }

    /** Could not be finished: the broker hands its envelope out again. */
    public void failed() {
        envelope.ended(false);
    }
}
