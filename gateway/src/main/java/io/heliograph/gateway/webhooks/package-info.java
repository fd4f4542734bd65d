/** Where an account's events go: endpoints, which the account looks after here. Another process sends to them. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.webhooks;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
