/** What a fleet of workers does with the limits, the latency and the lanes that a provider and its customers give it. */
@NullMarked
@CheckReturnValue
package io.heliograph.bench.workers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
