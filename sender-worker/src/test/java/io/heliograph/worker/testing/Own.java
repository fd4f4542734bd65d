package io.heliograph.worker.testing;

import io.heliograph.contract.Channel;
import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.providers.routing.Senders;
import java.util.EnumSet;
import java.util.List;

/** An account's own senders. */
public final class Own {
    private Own() {}

    /** One, for everything. */
    public static Senders senders(String address) {
        return new Senders(List.of(new SenderIdentity(address, EnumSet.allOf(Channel.class), List.of(), null)));
    }
}
