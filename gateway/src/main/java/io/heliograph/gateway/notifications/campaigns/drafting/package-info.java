/** {@code /v1/campaigns}: what is to be told, before it is. */
@NullMarked
package io.heliograph.gateway.notifications.campaigns.drafting;

import org.jspecify.annotations.NullMarked;
