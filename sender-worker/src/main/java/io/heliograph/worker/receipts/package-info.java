/** Asks providers about messages that were sent and of which no receipt came. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.receipts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
