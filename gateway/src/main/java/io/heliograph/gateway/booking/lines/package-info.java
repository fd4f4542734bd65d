/** What accounts have set: on which numbers visits can be booked, and what the questions look like there. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.booking.lines;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
