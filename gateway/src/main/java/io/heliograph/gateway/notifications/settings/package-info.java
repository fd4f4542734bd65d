/** What an account has set for all that its users are told. */
@CheckReturnValue
@NullMarked
package io.heliograph.gateway.notifications.settings;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
