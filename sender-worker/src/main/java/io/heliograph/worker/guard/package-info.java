/** What stands around a provider, one behaviour a class; the worker's wiring stacks them. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.guard;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
