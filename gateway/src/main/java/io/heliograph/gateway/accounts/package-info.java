/** Who is calling, and what they may do. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.accounts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
