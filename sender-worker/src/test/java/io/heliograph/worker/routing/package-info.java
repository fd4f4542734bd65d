/** How a provider is doing. */
@NullMarked
package io.heliograph.worker.routing;

import org.jspecify.annotations.NullMarked;
