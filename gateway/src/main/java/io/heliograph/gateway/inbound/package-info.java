/** What people have written to an account, for its customer to read. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.inbound;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
