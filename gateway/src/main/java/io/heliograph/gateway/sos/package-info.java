/** Blood that is needed now: donors who match are asked, answer, and are known to the patient only when they say so. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
