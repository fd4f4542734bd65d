/**
 * The inboxes of users: what is in them, whether it was read, and the tokens with which a person's own browser or app reads and changes one.
 * What is stored in an inbox has been delivered; it is stored with its notification.
 */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.notifications.inbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
