/** The control API: script, reset, ledger. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.control;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
