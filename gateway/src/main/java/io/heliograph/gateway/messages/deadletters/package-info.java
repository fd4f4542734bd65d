/** Messages that did not get there: searched, and sent anew as new messages. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.messages.deadletters;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
