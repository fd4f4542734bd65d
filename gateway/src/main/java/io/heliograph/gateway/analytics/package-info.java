/** Sums of an account's messages: how many were sent, arrived and what they cost, from what the relay has rolled up. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.analytics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
