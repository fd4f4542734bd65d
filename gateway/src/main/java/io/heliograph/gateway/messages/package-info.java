/** The core slice: accepting, showing, listing and cancelling messages. Others come in through AcceptMessage. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.messages;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
