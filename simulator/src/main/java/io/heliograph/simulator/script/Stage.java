package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Sids;

/** Holds the scene that is on, and begins a new one on reset. Shared by all event loops. */
public final class Stage {
    private final Sids sids;
    private final int messagesKept;
    private volatile Scene scene;

    public Stage(Sids sids, int messagesKept) {
        this.sids = sids;
        this.messagesKept = messagesKept;
        this.scene = new Scene(new Ledger(sids, messagesKept, 0));
    }

    public Scene scene() {
        return scene;
    }

    /** Answers the scene that ended. */
    public synchronized Scene reset() {
        Scene before = scene;
        scene = new Scene(new Ledger(sids, messagesKept, before.ledger().lastSequence()));
        before.end();
        return before;
    }
}
