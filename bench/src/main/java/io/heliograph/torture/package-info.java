/** Everything is killed and frozen under load, and then three books are compared. */
@NullMarked
@CheckReturnValue
package io.heliograph.torture;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
