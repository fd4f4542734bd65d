/** From promises that are due to envelopes on their queues. */
@NullMarked
@CheckReturnValue
package io.heliograph.relay.publish;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
