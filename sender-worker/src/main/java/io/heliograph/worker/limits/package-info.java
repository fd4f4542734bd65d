/** How fast the whole fleet may send, and how one worker keeps to it. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.limits;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
