/** Cities as people write them, and areas that are several of them. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos.places;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
