/** The way to the broker and back: connections that mend themselves, publishing with confirms, consuming with acks. */
@NullMarked
@CheckReturnValue
package io.heliograph.broker;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
