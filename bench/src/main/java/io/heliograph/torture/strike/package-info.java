/** What is done to whom and when, and whether they recover. */
@NullMarked
@CheckReturnValue
package io.heliograph.torture.strike;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
