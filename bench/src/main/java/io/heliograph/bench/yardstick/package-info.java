/** What PostgreSQL and RabbitMQ do by themselves on this machine. */
@NullMarked
@CheckReturnValue
package io.heliograph.bench.yardstick;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
