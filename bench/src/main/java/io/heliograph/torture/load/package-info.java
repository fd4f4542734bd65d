/** A client that repeats until it has an answer, as a good client does. */
@NullMarked
@CheckReturnValue
package io.heliograph.torture.load;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
