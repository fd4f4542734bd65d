/** Everything in one JVM on its own PostgreSQL and its own broker: {@code ./heliograph up}. */
@NullMarked
@CheckReturnValue
package io.heliograph.standalone;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
