/** How a provider is doing, and what stands where there is none. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.routing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
