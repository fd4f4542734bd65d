/** A load generator that costs little, because it shares the machine with what it measures. */
@NullMarked
@CheckReturnValue
package io.heliograph.bench.load;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
