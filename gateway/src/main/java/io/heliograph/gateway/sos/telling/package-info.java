/** What patients and donors are told, as messages with their promises. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos.telling;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
