/** A message's way from accepted to delivered, and the signed calls that tell of it. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.callbacks;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
