/** Fast2SMS, for SMS within India. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.sms.fast2sms;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
