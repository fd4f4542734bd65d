/** The process that tells customers' endpoints what happened: its wiring and its configuration. */
@NullMarked
@CheckReturnValue
package io.heliograph.webhooks;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
