/** Decisions about outcomes, without a clock or a network. */
@NullMarked
package io.heliograph.worker.delivery;

import org.jspecify.annotations.NullMarked;
