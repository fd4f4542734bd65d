/** What is forgotten when it is older than its account keeps it. Any number of relays may do all of it at once. */
@NullMarked
@CheckReturnValue
package io.heliograph.relay.retention;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
