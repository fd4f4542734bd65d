/** The provider that sends nothing. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.dryrun;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
