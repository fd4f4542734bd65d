/** Reads what clients send, and collects everything that is wrong with it. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.http.input;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
