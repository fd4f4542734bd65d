/** Twilio's Messages API, spoken to Twilio's own SDKs: their requests in, our messages out. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.twilio;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
