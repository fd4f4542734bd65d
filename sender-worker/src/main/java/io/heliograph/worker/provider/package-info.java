/** What a provider is to the worker: something that takes messages and says what became of each. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.provider;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
