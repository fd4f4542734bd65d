/** Textlocal, for SMS in the United Kingdom and India. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.sms.textlocal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
