package io.heliograph.providers.routing;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits that do not belong to a provider.
 *
 * @param recipient null for no limit
 * @param defaultPerSecond messages of one customer account in any second; null for no limit
 * @param perSecondByAccount customer accounts that have a limit of their own
 */
public record FleetLimits(
        @Nullable PerRecipient recipient, @Nullable Double defaultPerSecond, Map<String, Double> perSecondByAccount) {
    public static final FleetLimits NONE = new FleetLimits(null, null, Map.of());

    /** So many messages to one person in any such span. */
    public record PerRecipient(int count, Duration per) {
        /** Each of them is remembered. */
        public static final int COUNT_MAX = 1_000;
    }

    public FleetLimits {
        perSecondByAccount = Map.copyOf(perSecondByAccount);
    }

    /** Whether any customer account may be limited. */
    public boolean limitsAccounts() {
        return defaultPerSecond != null || !perSecondByAccount.isEmpty();
    }

    /** Null for no limit. */
    public @Nullable Double perSecond(String customerAccount) {
        Double own = perSecondByAccount.get(customerAccount);
        return own == null ? defaultPerSecond : own;
    }
}
