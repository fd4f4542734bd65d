/** Compares what the client was told, what the database says and what the provider received. */
@NullMarked
@CheckReturnValue
package io.heliograph.torture.audit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
