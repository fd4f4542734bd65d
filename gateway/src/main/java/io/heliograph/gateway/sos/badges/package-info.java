/** What donors are honoured for: rules in data, from which badges follow. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos.badges;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
