/** Who was asked for a request and what they said, as it is shown: by ids, and with masked numbers. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos.responses;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
