package io.heliograph.gateway.consents;

import io.heliograph.contract.Channel;
import org.jspecify.annotations.Nullable;

/** Turns what people write as an address into the one way in which messages have it. */
@FunctionalInterface
public interface Addresses {
    /** Null when it can be nobody's in that channel. */
    @Nullable
    String normal(Channel channel, String text);
}
