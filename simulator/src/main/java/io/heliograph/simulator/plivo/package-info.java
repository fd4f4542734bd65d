/** The Message API as Plivo speaks it: paths, parameters, JSON, errors and callbacks. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.plivo;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
