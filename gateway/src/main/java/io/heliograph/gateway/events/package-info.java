/** What happened, read by its account: in pages here, live in the package below. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
