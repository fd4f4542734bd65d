/** Forms and form encoding, without the cost of a framework. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
