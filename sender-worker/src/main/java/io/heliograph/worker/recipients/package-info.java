/** How many messages one person may get, whoever sends them. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.recipients;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
