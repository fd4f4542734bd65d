package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.CallbackPlan;

/** Tells one customer, in one provider's way, what becomes of messages. */
public interface Receipts {
    /** True when the provider tells of this change, on the way to the last one; some only tell of the end. */
    boolean tells(Status status, Status last);

    /** Of this change; the plan says what is to be added to it, and whether it is signed wrongly. */
    Letter letter(Message message, Status status, CallbackPlan plan);
}
