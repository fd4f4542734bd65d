/** What all providers do alike: a call for messages is decided about, written down, answered, and sent on its way. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.calls;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
