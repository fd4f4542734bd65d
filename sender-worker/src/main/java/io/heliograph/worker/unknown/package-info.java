/** What becomes of a message when nobody can say whether the provider took it. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.unknown;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
