/** What was received, what was accepted, and what became of it. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
