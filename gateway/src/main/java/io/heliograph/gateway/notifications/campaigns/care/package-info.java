/** Campaigns as a whole, by any gateway: begun, looked for, held, let go, taken back, ended, forgotten. */
@NullMarked
package io.heliograph.gateway.notifications.campaigns.care;

import org.jspecify.annotations.NullMarked;
