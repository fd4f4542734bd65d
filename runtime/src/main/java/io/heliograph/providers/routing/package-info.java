/** Which provider a message goes to: the table that all processes share, and the choice. Holds no secret. */
@NullMarked
@CheckReturnValue
package io.heliograph.providers.routing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
