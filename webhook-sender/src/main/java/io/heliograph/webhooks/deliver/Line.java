package io.heliograph.webhooks.deliver;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What waits together, and delays nobody else: the deliveries to one endpoint, or those to the callbacks that an account's messages
 * brought with them; then there is no endpoint.
 */
record Line(@Nullable UUID endpointId, long accountId) {}
