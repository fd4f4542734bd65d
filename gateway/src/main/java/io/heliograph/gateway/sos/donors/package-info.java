/** Who gives blood, of which group, and where. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos.donors;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
