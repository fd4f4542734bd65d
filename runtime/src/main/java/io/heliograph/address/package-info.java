/** Ranges of internet addresses, and which addresses may be called. */
@NullMarked
@CheckReturnValue
package io.heliograph.address;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
