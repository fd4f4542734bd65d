/** How fast it is, against yardsticks measured in the same run. */
@NullMarked
@CheckReturnValue
package io.heliograph.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
