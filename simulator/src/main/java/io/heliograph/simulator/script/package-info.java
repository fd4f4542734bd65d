/** How the simulator shall behave: rules by recipient, and what each one does. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.script;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
