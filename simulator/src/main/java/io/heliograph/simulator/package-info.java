/** Twilio's Messages API on a port of its own, behaving or misbehaving on demand, with an exact ledger. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
