/** What donors answer, and what a patient gets to know of it. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos.replies;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
