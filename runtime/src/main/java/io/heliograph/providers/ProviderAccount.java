package io.heliograph.providers;

import io.heliograph.contract.Channel;
import io.heliograph.providers.routing.AccountLimits;
import io.heliograph.providers.routing.PriceTable;
import io.heliograph.providers.routing.ProviderKind;
import io.heliograph.providers.routing.RoutingTable;
import io.heliograph.providers.routing.Senders;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One account at one provider, with what it takes to use it. Its name is the topic of the promises that go there.
 *
 * @param receiptAfter how long after the send a receipt is overdue, and asked for where that is possible; null for never
 */
public record ProviderAccount(
        String name,
        KindSettings settings,
        Set<Channel> channels,
        Senders senders,
        AccountLimits limits,
        Breaker breaker,
        PriceTable prices,
        @Nullable Duration receiptAfter) {
    public ProviderAccount {
        channels = Set.copyOf(channels);
    }

    public ProviderKind kind() {
        return settings.kind();
    }

    /** What everybody may know of it. */
    public RoutingTable.Account shared() {
        String pushKey = settings instanceof KindSettings.WebPush push ? push.vapidPublicKey() : null;
        return new RoutingTable.Account(name, kind(), channels, senders, limits, prices, pushKey);
    }
}
