/** What crosses a process boundary: states, lanes, queue names, the envelope. */
@NullMarked
@CheckReturnValue
package io.heliograph.contract;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
