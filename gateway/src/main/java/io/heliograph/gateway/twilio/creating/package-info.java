/** Creating a message the way Twilio does. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.twilio.creating;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
