/** When a user can be told without being woken, as pure rules over clocks. */
@CheckReturnValue
@NullMarked
package io.heliograph.gateway.notifications.hours;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
