/** Who wants no messages from whom, as an account's customer sees and changes it. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.consents;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
