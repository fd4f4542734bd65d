/** One behaviour at a time, around a provider that does as it is told. */
@NullMarked
package io.heliograph.worker.guard;

import org.jspecify.annotations.NullMarked;
