package io.heliograph.simulator.calls;

import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.ledger.Status;
import org.jspecify.annotations.Nullable;

/** How a provider answers one call for messages, and tells of them. */
public interface Voice {
    Refusals refusals();

    /** With a success; something can be wrong with some of the messages, or with none. */
    void created(Taken taken);

    /** When something is wrong with every message. */
    Problem noneIsFine(Taken taken);

    /** The provider's code for a number that is none, 0 when it has no codes. */
    int invalidNumberCode();

    /** A success that does not say what the caller needs to know, or leaves it blank. */
    String withoutId(boolean blank);

    /** Where a message is when it was accepted. */
    Status first();

    /** Null when nobody is to be told. */
    @Nullable
    Receipts receipts(Taken taken);
}
