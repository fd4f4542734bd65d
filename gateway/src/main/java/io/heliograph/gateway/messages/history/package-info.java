/** What a user was sent and what they wrote back, in one line of time. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.messages.history;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
