/** Which hosts may be called: those of the public internet, and what the operator allows beside them. */
@NullMarked
@CheckReturnValue
package io.heliograph.webhooks.address;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
