/** Blood that somebody needs: a request, from its beginning to its end. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos.requests;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
