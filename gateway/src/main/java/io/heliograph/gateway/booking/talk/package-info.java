/** The conversation itself: where it stands, what is said next, what is done. Pure; whoever talks brings what is known of the world. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.booking.talk;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
