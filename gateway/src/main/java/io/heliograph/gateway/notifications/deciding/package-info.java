/** Whether, by which channels and when a user is told of an event: pure decisions over what was read of them. */
@NullMarked
package io.heliograph.gateway.notifications.deciding;

import org.jspecify.annotations.NullMarked;
