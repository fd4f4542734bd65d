/** What the conversation says, in the languages that it speaks. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.booking.texts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
