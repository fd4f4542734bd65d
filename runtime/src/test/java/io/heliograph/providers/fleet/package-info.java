/** What the fleet shares, as it is read. */
@NullMarked
package io.heliograph.providers.fleet;

import org.jspecify.annotations.NullMarked;
