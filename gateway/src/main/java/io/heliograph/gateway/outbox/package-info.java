/** Group commit, and the one statement that stores messages, their idempotency keys and their promises. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.outbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
