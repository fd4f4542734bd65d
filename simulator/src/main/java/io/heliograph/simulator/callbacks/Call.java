package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.ledger.CallbackCounts;
import io.heliograph.simulator.script.Scene;

/** One letter to a customer, and who waits for the end of it. Retries carry the same letter. */
record Call(Scene scene, Letter letter, boolean wronglySigned, End end) {
    /** Is told once, when the call was answered or given up. */
    interface End {
        void ended(CallEnd how);
    }

    CallbackCounts counts() {
        return scene.ledger().callbacks();
    }

    Call endingWith(End other) {
        return new Call(scene, letter, wronglySigned, other);
    }
}
