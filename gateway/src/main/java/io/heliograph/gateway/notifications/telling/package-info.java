/** What an event comes to: its messages as they are written, and how they are stored within caps, now or as part of a digest. */
@NullMarked
package io.heliograph.gateway.notifications.telling;

import org.jspecify.annotations.NullMarked;
