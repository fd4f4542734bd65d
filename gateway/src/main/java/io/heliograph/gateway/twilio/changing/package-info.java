/** Cancelling, redacting and deleting messages, and feedback about them. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.twilio.changing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
