/** What was sent to an endpoint, and sending it again. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.webhooks.deliveries;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
