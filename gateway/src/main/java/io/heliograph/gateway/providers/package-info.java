/** How the providers are doing, for whoever looks after them. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.providers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
