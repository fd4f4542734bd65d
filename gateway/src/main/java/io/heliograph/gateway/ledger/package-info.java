/** The proof: accepted equals settled plus promised. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
