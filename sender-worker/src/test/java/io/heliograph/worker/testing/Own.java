package io.heliograph.worker.testing;

import io.heliograph.contract.Channel;
import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.providers.routing.Senders;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** An account's own senders. */
public final class Own {
    private Own() {}

    /** All for everything. */
    public static Senders senders(String... addresses) {
        return new Senders(Arrays.stream(addresses)
                .map(address -> new SenderIdentity(address, EnumSet.allOf(Channel.class), List.of(), null))
                .toList());
    }
}
