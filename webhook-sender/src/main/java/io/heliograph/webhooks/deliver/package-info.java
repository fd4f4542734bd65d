/** Promised deliveries: taken when they are due, rendered, signed, sent, and recorded. */
@NullMarked
@CheckReturnValue
package io.heliograph.webhooks.deliver;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
