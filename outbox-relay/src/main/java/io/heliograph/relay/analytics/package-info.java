/** Keeps the sums of messages that {@code GET /v1/analytics} reads. */
@NullMarked
@CheckReturnValue
package io.heliograph.relay.analytics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
