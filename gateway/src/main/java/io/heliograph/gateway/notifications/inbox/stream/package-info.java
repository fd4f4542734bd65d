/**
 * Inboxes as they change, over Server-Sent Events. A stream that may have missed something reads its own inbox from its position on, and there is no
 * other way in which anything gets to it: one loop a process only says whose inboxes have changed.
 */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.notifications.inbox.stream;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
