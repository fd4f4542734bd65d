@NullMarked
package io.heliograph.gateway.notifications.campaigns.audience;

import org.jspecify.annotations.NullMarked;
