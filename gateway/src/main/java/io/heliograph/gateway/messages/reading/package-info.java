/** How messages look from outside, one by one and in pages. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.messages.reading;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
