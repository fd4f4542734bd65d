/** Which kind of doctor a trouble is for: everybody's words and those of accounts, and a language model where the operator has one. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.booking.symptoms;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
