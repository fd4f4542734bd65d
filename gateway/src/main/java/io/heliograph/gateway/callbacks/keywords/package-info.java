/** Which words of people mean something by themselves, and what is answered. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.callbacks.keywords;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
