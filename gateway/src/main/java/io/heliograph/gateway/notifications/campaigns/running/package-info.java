/** What is done with a campaign as a whole: launched, paused, resumed, canceled, repeated for those missed. */
@NullMarked
package io.heliograph.gateway.notifications.campaigns.running;

import org.jspecify.annotations.NullMarked;
