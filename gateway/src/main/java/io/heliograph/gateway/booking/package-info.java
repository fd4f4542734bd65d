/** People book visits to doctors by writing: the dialog that numbers talk for which an account has said so. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.booking;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
