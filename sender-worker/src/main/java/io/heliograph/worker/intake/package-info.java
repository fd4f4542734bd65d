/** Envelopes off the queues, gathered into batches, critical lanes first. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.intake;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
