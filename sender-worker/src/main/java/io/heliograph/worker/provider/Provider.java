package io.heliograph.worker.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages. Called on virtual threads, so it may block. An outcome is a value, never an exception, and never a
 * guess: what cannot be told apart from acceptance is {@link Outcome.Unknown}.
 */
public interface Provider {
    /** The name it has in the configuration; stored with every attempt. */
    String name();

    /** How many messages one call to the provider can carry. */
    int callSizeMax();

    /** Messages may share a call when their keys are equal: what the provider wants to be the same in all of a call. */
    default Object callKey(Outgoing outgoing) {
        return "";
    }

    /** One outcome for each message, in the same order. Calls the provider once at the most. */
    List<Outcome> send(List<Outgoing> call);

    /**
     * What a receipt of this message will be found by when it names the call and the number only
     * ({@link io.heliograph.contract.ReceiptKey}); null when receipts name the message.
     *
     * @param first of the call
     */
    default @Nullable String receiptKey(Outgoing first, Outgoing of) {
        return null;
    }

    /**
     * Whether it can be asked what became of a message. Where it cannot, nobody asks: an answer that was given here in the house
     * would count as a call, and as proof that the provider is well.
     */
    default boolean canFind() {
        return false;
    }

    /** Looks for a message that this provider may have taken. */
    LookUp find(Outgoing lost);

    /** Asks whether it would take messages now, by a call that costs little and sends none. */
    Health check();
}
