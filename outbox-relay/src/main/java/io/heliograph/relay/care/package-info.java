/** What keeps the database in shape, and the running proof that no message is without its promise. */
@NullMarked
@CheckReturnValue
package io.heliograph.relay.care;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
