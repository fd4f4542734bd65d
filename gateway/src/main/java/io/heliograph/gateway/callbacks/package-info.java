/** What providers tell us: verified, stored, applied forward only. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.callbacks;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
