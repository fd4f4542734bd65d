/** The life of a batch: claim, send, record. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.delivery;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
