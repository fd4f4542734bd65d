/** What is left to do for requests that are over. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos.ending;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
