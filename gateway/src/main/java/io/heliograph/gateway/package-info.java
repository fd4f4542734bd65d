/** HTTP in: the API and the providers' callbacks; the only writer of new promises. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
