/** The process that puts due promises onto the broker: its wiring and its configuration. */
@NullMarked
@CheckReturnValue
package io.heliograph.relay;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
