/** The browsers of users, and the key by which they know us. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.notifications.push;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
