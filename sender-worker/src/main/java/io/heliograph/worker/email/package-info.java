/** Email, by SMTP. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.email;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
