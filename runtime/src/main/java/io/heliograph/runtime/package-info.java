/** What every process needs and no business has: configuration, PostgreSQL, the broker, loops, health, ids, logs. */
@NullMarked
@CheckReturnValue
package io.heliograph.runtime;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
