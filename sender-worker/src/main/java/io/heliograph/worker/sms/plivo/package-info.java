/** Plivo, for SMS, MMS and WhatsApp, to many recipients in one call. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.sms.plivo;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
