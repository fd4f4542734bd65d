/** One message, read out of JSON: every field checked, every mistake told. Pure. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.messages.fields;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
