package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.outbox.GroupCommit;

/** A person's message, and what is known of the number that it came to. */
record Arrival(InboundMessage message, OwnNumber to) implements GroupCommit.Intent {
    /** Nobody's keywords are answered twice. No provider answers them on WhatsApp. */
    boolean isAnsweredByProvider() {
        return message.toldWord() != null || (message.channel() == Channel.SMS && to.providerAnswers());
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public int bytes() {
        return 400 + message.body().length() * 2 + message.fields().encode().length();
    }
}
