package io.heliograph.webhooks.deliver;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The bounds of delivering.
 *
 * @param inFlightMax deliveries of this process that are taken and not recorded.
 * @param inFlightPerLineMax of these, to one endpoint.
 * @param lease how long a delivery is left to the process that took it; longer than any try.
 * @param retryFor from the promise to the last try.
 * @param disableAfter for so long nothing may arrive at an endpoint, while things are tried, before it is disabled.
 * @param random from 0 to 1; spreads retries.
 */
public record DeliverLimits(
        int inFlightMax,
        int inFlightPerLineMax,
        Duration lease,
        Duration retryFor,
        Duration disableAfter,
        DoubleSupplier random) {}
