package io.heliograph.gateway.messages.fields;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import java.time.Duration;

/** Says how long a message that comes now will probably wait before it leaves: at a provider where it leaves in time, if there is one. */
@FunctionalInterface
public interface Estimates {
    Estimates AT_ONCE = (accountId, channel, recipient, lane, validFor) -> Duration.ZERO;

    Duration delay(long accountId, Channel channel, String recipient, Lane lane, Duration validFor);
}
