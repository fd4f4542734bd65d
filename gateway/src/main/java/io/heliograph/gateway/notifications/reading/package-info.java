/** What users were told, and what became of it. */
@CheckReturnValue
@NullMarked
package io.heliograph.gateway.notifications.reading;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
