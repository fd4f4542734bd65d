/** What people write to us: stored, obeyed where it is a keyword, and answered in one statement. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.callbacks.inbound;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
