/** Off the broker: claim, send, record. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
