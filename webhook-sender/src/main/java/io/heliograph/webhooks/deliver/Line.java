package io.heliograph.webhooks.deliver;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What waits together, and delays nobody else: the deliveries to one endpoint, or those to the callbacks at one host that an account's
 * messages brought with them; then there is no endpoint.
 *
 * @param callbackLine a host's number among the account's, as the database has given it; 0 for endpoints
 */
record Line(@Nullable UUID endpointId, long accountId, short callbackLine) {}
