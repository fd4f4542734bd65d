/** A push service of a browser's maker, and browsers that have subscribed there. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.push;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
