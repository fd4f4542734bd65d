/** Fetching and listing messages, and their media. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.twilio.reading;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
