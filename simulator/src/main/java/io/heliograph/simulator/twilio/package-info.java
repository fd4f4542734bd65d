/** The Messages API as Twilio speaks it: paths, parameters, JSON and errors. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.twilio;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
