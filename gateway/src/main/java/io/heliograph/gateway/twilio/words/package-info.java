/** How Twilio says things: sids, dates, errors, and a message as JSON. Pure. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.twilio.words;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
