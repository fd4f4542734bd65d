/** What a benchmark or a torture runs on: PostgreSQL, RabbitMQ and our processes, each one of its own. */
@NullMarked
@CheckReturnValue
package io.heliograph.bench.rig;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
