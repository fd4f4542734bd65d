package io.heliograph.gateway.notifications.settings;

import org.jspecify.annotations.Nullable;

/**
 * How many one-time codes an account lets be sent; null is what the operator lets it.
 *
 * @param perPrefixHour to all numbers that begin with the same digits
 */
public record CodeLimits(
        @Nullable Integer perNumberHour,
        @Nullable Integer perNumberDay,
        @Nullable Integer perPrefixHour,
        @Nullable Integer perClientIpHour,
        @Nullable Integer perAccountMinute) {
    public static final CodeLimits NONE = new CodeLimits(null, null, null, null, null);
}
