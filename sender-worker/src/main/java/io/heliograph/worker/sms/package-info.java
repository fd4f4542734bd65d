/** Twilio, for SMS and WhatsApp. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.sms;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
