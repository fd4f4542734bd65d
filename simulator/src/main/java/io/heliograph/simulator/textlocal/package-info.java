/** The classic API as Textlocal speaks it: failures with a 200, warnings, and receipts without an id. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.textlocal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
