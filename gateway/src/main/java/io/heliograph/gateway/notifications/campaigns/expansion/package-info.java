/** From an audience to its messages: chunk by chunk, by any number of gateways. */
@NullMarked
package io.heliograph.gateway.notifications.campaigns.expansion;

import org.jspecify.annotations.NullMarked;
