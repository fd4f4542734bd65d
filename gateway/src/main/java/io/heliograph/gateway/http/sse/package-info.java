/** Answers that go on: Server-Sent Events, and how many of them there may be. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.http.sse;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
