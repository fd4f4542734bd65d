/** One HTTP exchange with a provider, exactly once, and what can be said of its answer whoever gave it. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
