/** One class for each thing that is measured. */
@NullMarked
@CheckReturnValue
package io.heliograph.bench.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
