package io.heliograph.simulator.ledger;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call that asked for messages, as far as they share it: at which provider, from which sender, what the caller calls
 * it, and with what else, but for credentials, recipients and texts.
 */
public record ProviderCall(
        Provider provider,
        @Nullable String sender,
        @Nullable String reference,
        Map<String, String> details) {
    public static ProviderCall from(Provider provider, @Nullable String sender) {
        return new ProviderCall(provider, sender, null, Map.of());
    }
}
