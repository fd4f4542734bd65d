/** Web Push: to the browsers of users, through the services of their makers. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.push;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
